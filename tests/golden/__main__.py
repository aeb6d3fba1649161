"""Writes the golden files anew: `python -m tests.golden`.

Until the first release tag they follow the code. From then on a file is never rewritten: records of that shape stand in
other people's journals. A kind whose shape has to change gets a new version and an upcaster, and the old file stays.
"""

import sys

from tests.golden.bodies import differences, file_of, golden, written


def main() -> int:
    """Write every file that differs, remove every needless one, and say which."""
    stands, writes = golden(), written()
    for sentence in differences(stands, writes):
        print(sentence)
    for kind in stands.keys() - writes.keys():
        file_of(kind).unlink()
    for kind, body in writes.items():
        file_of(kind).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
