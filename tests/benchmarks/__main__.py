"""``python -m tests.benchmarks``: measure every key, show them beside their bars, and write them as JSON.

As light as the command line's own beginning: every process that a verification spawns imports it once more.
"""

import sys

if __name__ == "__main__":
    from tests.benchmarks.running import main

    sys.exit(main())
