"""The tree over all records, and the headers it stands on: what is proved holds, and nothing else passes for proof."""

import hashlib
import hmac
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.seal.header import Header, HeaderError, finish, header, parse_header, prepare, stream_tag
from adapters.seal.tree import (
    EMPTY_ROOT,
    Growing,
    TreeError,
    consistency_proof,
    frontier_of,
    inclusion_proof,
    inclusion_proofs,
    leaf_hash,
    node_hash,
    push,
    push_in_place,
    range_root,
    root_of,
    root_of_frontier,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(b"record %d" % number) for number in range(600)]
some_sizes = st.one_of(st.integers(1, 40), st.sampled_from([255, 256, 257, 511, 512, 513, 600]))
indexes_and_sizes = some_sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
sizes_in_order = some_sizes.flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size)))


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def flips(data: bytes) -> Iterator[bytes]:
    """Every change of a single bit."""
    number = int.from_bytes(data)
    return ((number ^ 1 << bit).to_bytes(len(data)) for bit in range(len(data) * 8))


def other_proofs(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Every proof with one bit changed, one hash dropped, doubled or cut, one added, or the hashes in another order."""
    for place, node in enumerate(proof):
        before, after = proof[:place], proof[place + 1 :]
        for flipped in flips(node):
            yield [*before, flipped, *after]
        yield [*before, *after]
        yield [*before, node, node, *after]
        yield [*before, node[:-1], *after]
        yield [*before, node + b"\x00", *after]
        yield [*before, b"", *after]
    yield [*proof, LEAVES[-1]]
    yield [LEAVES[-1], *proof]
    yield from (list(order) for order in permutations(proof) if list(order) != proof)


# The tree


def test_the_known_tree_of_rfc_6962_has_its_known_root() -> None:
    entries = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    root = root_of(leaf_hash(bytes.fromhex(entry)) for entry in entries)
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_leaves_and_nodes_are_hashed_apart() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()


def test_the_tree_without_records_has_the_hash_of_nothing() -> None:
    assert root_of([]) == root_of_frontier([]) == EMPTY_ROOT == hashlib.sha256().digest()


@pytest.mark.parametrize("size", [*range(1, 70), 255, 256, 257, 511, 512, 513, 600])
def test_every_way_to_the_root_gives_the_root_of_the_rfc(size: int) -> None:
    frontier: list[bytes] = []
    for number, leaf in enumerate(LEAVES[:size]):
        push_in_place(frontier, number, leaf)
    assert len(frontier) == size.bit_count()
    assert frontier_of(iter(LEAVES[:size])) == (frontier, size)
    roots = {root_of_frontier(frontier), root_of(iter(LEAVES[:size])), range_root(LEAVES[:size])}
    assert roots == {naive_root(LEAVES[:size])}


def test_a_push_leaves_the_old_frontier_as_it_was() -> None:
    old = frontier_of(LEAVES[:7])[0]
    kept = list(old)
    new = push(old, 7, LEAVES[7])
    assert old == kept
    assert new == [naive_root(LEAVES[:8])]


@pytest.mark.parametrize(("hashes", "size"), [(0, 1), (1, 0), (2, 4), (1, -1), (3, 6)])
def test_a_frontier_of_another_size_is_refused(hashes: int, size: int) -> None:
    with pytest.raises(TreeError, match=f"{hashes} hashes cannot belong to a tree of {size} leaves"):
        push(LEAVES[:hashes], size, LEAVES[0])


def test_an_empty_run_of_leaves_has_no_node() -> None:
    with pytest.raises(TreeError):
        range_root(iter([]))


# Inclusion


@given(indexes_and_sizes)
def test_every_leaf_can_be_proved_in_every_tree(place: tuple[int, int]) -> None:
    index, size = place
    proof = inclusion_proof(LEAVES, index, size)
    assert verify_inclusion(index, size, LEAVES[index], proof, naive_root(LEAVES[:size]))


@given(indexes_and_sizes, st.data())
def test_no_leaf_can_be_proved_where_another_stands(place: tuple[int, int], data: st.DataObject) -> None:
    index, size = place
    other = data.draw(st.integers(0, size - 1).filter(lambda other: other != index)) if size > 1 else 1
    proof, root = inclusion_proof(LEAVES, index, size), naive_root(LEAVES[:size])
    assert not verify_inclusion(other, size, LEAVES[index], proof, root)
    assert not verify_inclusion(index, size, LEAVES[other], proof, root)


@pytest.mark.parametrize("size", range(1, 10))
def test_no_altered_proof_of_inclusion_passes(size: int) -> None:
    root = naive_root(LEAVES[:size])
    for index in range(size):
        leaf, proof = LEAVES[index], inclusion_proof(LEAVES, index, size)
        assert verify_inclusion(index, size, leaf, proof, root)
        assert not any(verify_inclusion(index, size, leaf, other, root) for other in other_proofs(proof))
        assert not any(verify_inclusion(index, size, other, proof, root) for other in flips(leaf))
        assert not any(verify_inclusion(index, size, leaf, proof, other) for other in flips(root))


def test_a_proof_for_a_larger_tree_is_none_for_a_smaller_one() -> None:
    root = naive_root(LEAVES[:2])
    assert verify_inclusion(1, 2, LEAVES[1], [LEAVES[0]], root)
    assert not verify_inclusion(0, 1, LEAVES[1], [LEAVES[0]], root)


def test_no_byte_may_move_between_neighbouring_hashes() -> None:
    left, right = LEAVES[:2]
    root = node_hash(left, right)
    assert node_hash(left + right[:1], right[1:]) == root
    assert not verify_inclusion(0, 2, left + right[:1], [right[1:]], root)
    assert not verify_consistency(1, 2, [right[1:]], left + right[:1], root)


@given(some_sizes, st.lists(st.integers(0, 599), max_size=8))
def test_many_proofs_in_one_pass_are_the_single_proofs(size: int, wanted: list[int]) -> None:
    indexes = [index % size for index in wanted]
    assert inclusion_proofs(iter(LEAVES), indexes, size) == [
        inclusion_proof(LEAVES, index, size) for index in indexes
    ]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (8, 7), (-1, 7), (0, -1)])
def test_a_leaf_outside_the_tree_cannot_be_proved(index: int, size: int) -> None:
    with pytest.raises(TreeError, match=f"no leaf {index} in a tree of {size} leaves"):
        inclusion_proof(LEAVES, index, size)
    assert not verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


# Consistency


@given(sizes_in_order)
def test_every_tree_can_be_proved_to_be_the_beginning_of_every_later_one(sizes: tuple[int, int]) -> None:
    size1, size2 = sizes
    proof = consistency_proof(LEAVES, size1, size2)
    assert verify_consistency(size1, size2, proof, naive_root(LEAVES[:size1]), naive_root(LEAVES[:size2]))


@pytest.mark.parametrize(
    ("size1", "size2"), [(old, new) for new in range(1, 10) for old in range(1, new + 1)]
)
def test_no_altered_proof_of_consistency_passes(size1: int, size2: int) -> None:
    root1, root2 = naive_root(LEAVES[:size1]), naive_root(LEAVES[:size2])
    proof = consistency_proof(LEAVES, size1, size2)
    assert verify_consistency(size1, size2, proof, root1, root2)
    assert not any(verify_consistency(size1, size2, other, root1, root2) for other in other_proofs(proof))
    assert not any(verify_consistency(size1, size2, proof, other, root2) for other in flips(root1))
    assert not any(verify_consistency(size1, size2, proof, root1, other) for other in flips(root2))


def test_a_proof_between_larger_trees_is_none_between_smaller_ones() -> None:
    proof, root1, root2 = consistency_proof(LEAVES, 7, 8), naive_root(LEAVES[:7]), naive_root(LEAVES[:8])
    assert verify_consistency(7, 8, proof, root1, root2)
    assert not verify_consistency(3, 4, proof, root1, root2)


@given(sizes_in_order, st.data())
def test_a_tree_whose_past_was_rewritten_cannot_be_proved(
    sizes: tuple[int, int], data: st.DataObject
) -> None:
    size1, size2 = sizes
    changed = data.draw(st.integers(0, size1 - 1))
    rewritten = [*LEAVES[:changed], leaf_hash(b"rewritten"), *LEAVES[changed + 1 :]]
    proof = consistency_proof(rewritten, size1, size2)
    assert not verify_consistency(size1, size2, proof, root_of(LEAVES[:size1]), root_of(rewritten[:size2]))


@pytest.mark.parametrize(("size1", "size2"), [(0, 0), (0, 5), (6, 5), (-1, 5), (-2, -1)])
def test_impossible_sizes_cannot_be_proved(size1: int, size2: int) -> None:
    with pytest.raises(TreeError, match=f"tree of {size1} leaves cannot be proved"):
        consistency_proof(LEAVES, size1, size2)
    assert not verify_consistency(size1, size2, [], EMPTY_ROOT, EMPTY_ROOT)


# Where leaves come from


PROVERS: list[Callable[[Any], list[bytes]]] = [
    lambda leaves: inclusion_proof(leaves, 300, 599),
    lambda leaves: consistency_proof(leaves, 300, 599),
]


@pytest.mark.parametrize("prove", PROVERS)
def test_a_list_an_iterator_and_a_function_give_the_same_proof(prove: Callable[[Any], list[bytes]]) -> None:
    assert prove(LEAVES) == prove(iter(LEAVES)) == prove(LEAVES.__getitem__)


@pytest.mark.parametrize("prove", PROVERS)
def test_exactly_the_leaves_of_the_tree_are_read(prove: Callable[[Any], list[bytes]]) -> None:
    source = iter(LEAVES)
    prove(source)
    assert next(source) == LEAVES[599]


@pytest.mark.parametrize("prove", PROVERS)
@pytest.mark.parametrize("given_leaves", [0, 1, 299, 300, 301, 512, 520, 598])
def test_missing_leaves_are_noticed(prove: Callable[[Any], list[bytes]], given_leaves: int) -> None:
    with pytest.raises(TreeError, match="leaves are missing"):
        prove(iter(LEAVES[:given_leaves]))


def test_a_proof_over_many_leaves_never_holds_them() -> None:
    size = 50_000
    tracemalloc.start()
    try:
        inclusion_proof((number.to_bytes(32) for number in range(size)), 12_345, size)
        consistency_proof((number.to_bytes(32) for number in range(size)), 12_345, size)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200_000 < size * 32


# Whatever is asked


any_hash = st.binary(min_size=32, max_size=32) | st.binary(max_size=40) | st.sampled_from(LEAVES[:4])
any_size = st.integers(-2, 9) | st.integers() | st.sampled_from([2**63, 2**64 - 1, 2**64, 2**200])


@settings(max_examples=300)
@given(any_size, any_size, any_hash, st.lists(any_hash, max_size=70), any_hash)
def test_a_verifier_answers_and_never_raises(
    first: int, second: int, one: bytes, proof: list[bytes], other: bytes
) -> None:
    assert verify_inclusion(first, second, one, proof, other) in (True, False)
    assert verify_consistency(first, second, proof, one, other) in (True, False)


# The header


TAG, BODY = "ab" * 32, hashlib.sha256(b"{}").hexdigest()
HAPPENED, RECORDED = "2026-11-22T08:30:00.000000Z", "2026-11-22T08:31:12.345678Z"
FIELDS: dict[str, Any] = {
    "position": 42,
    "tag": TAG,
    "version": 3,
    "kind": "hazard-evaluated.1",
    "body_sha256_hex": BODY,
    "happened_at": HAPPENED,
    "recorded_at": RECORDED,
}
LINES = f"dg1\n42\n{TAG}\n3\nhazard-evaluated.1\n{BODY}\n{HAPPENED}\n{RECORDED}\n"

NAMED = {
    "position": "^a position is",
    "tag": "^a stream tag is",
    "version": "^a version is",
    "kind": "^a kind is",
    "body_sha256_hex": "^the SHA-256 of a body is",
}

moments = st.just("") | st.datetimes().map(lambda moment: moment.isoformat(timespec="microseconds") + "Z")
headers = st.builds(
    Header,
    position=st.integers(1, 2**63 - 1),
    tag=st.binary(min_size=32, max_size=32).map(bytes.hex),
    version=st.integers(0, 2**63 - 1),
    kind=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1),
    body_sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    happened_at=moments,
    recorded_at=moments,
)


def test_a_header_is_eight_lines_that_anybody_can_write() -> None:
    assert header(**FIELDS) == LINES.encode()
    assert parse_header(LINES.encode()) == Header(*FIELDS.values())


def test_a_header_may_be_begun_before_its_position_is_known() -> None:
    begun = prepare(TAG, 3, "hazard-evaluated.1", BODY, HAPPENED)
    assert finish(42, begun, RECORDED) == LINES.encode()


@given(headers)
def test_every_header_is_read_back_as_it_was_written(fields: Header) -> None:
    assert parse_header(header(*fields)) == fields


@pytest.mark.parametrize("name", [name for name, value in FIELDS.items() if isinstance(value, str)])
@pytest.mark.parametrize(
    "line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
)
def test_no_field_may_hold_a_line_break(name: str, line_break: str) -> None:
    for changed in (FIELDS[name] + line_break, line_break + FIELDS[name], line_break.join(FIELDS[name])):
        with pytest.raises(HeaderError):
            header(**{**FIELDS, name: changed})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        *(("position", wrong) for wrong in (0, -1, 10**19, True, 1.5)),
        *(("version", wrong) for wrong in (-1, 10**19, True, 1.5, "01", "")),
        *(("tag", wrong) for wrong in ("", TAG[:-1], TAG + "0", TAG.upper(), "é" + TAG[1:])),
        *(("body_sha256_hex", wrong) for wrong in ("", BODY[:-1], BODY.upper())),
        *(("kind", wrong) for wrong in ("", "two words", "隐患", "a\x00", "a\x7f")),
        *(
            (clock, wrong)
            for clock in ("happened_at", "recorded_at")
            for wrong in (
                "2026-11-22",
                "2026-11-22T08:30:00Z",
                "2026-11-22T08:30:00.000Z",
                "2026-11-22 08:30:00.000000Z",
                "2026-11-22T08:30:00.000000",
                "2026-11-22T08:30:00.000000+00:00",
                "2026-02-29T08:30:00.000000Z",
                "2026-11-22T24:00:00.000000Z",
                "2026-11-22T08:30:60.000000Z",
                "0000-11-22T08:30:00.000000Z",
                "２026-11-22T08:30:00.000000Z",
            )
        ),
    ],
)
def test_a_field_of_another_form_is_refused_in_both_directions(name: str, wrong: Any) -> None:
    changed = {**FIELDS, name: wrong}
    with pytest.raises(HeaderError, match=NAMED.get(name, name)):
        header(**changed)
    lines = "".join(f"{value}\n" for value in ("dg1", *changed.values())).encode()
    with pytest.raises(HeaderError):
        parse_header(lines)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        LINES[:-1],
        LINES + "\n",
        LINES + " ",
        "\n" + LINES,
        LINES.replace("dg1", "dg2"),
        LINES.replace("\n", "\r\n"),
        LINES.replace("\n42\n", "\n042\n"),
        LINES.replace("\n42\n", "\n+42\n"),
        LINES.replace("\n42\n", "\n٤٢\n"),
        LINES.replace("\n3\n", "\n"),
        LINES.replace("\n3\n", "\n3 \n"),
        LINES + LINES,
    ],
)
def test_bytes_that_we_would_not_have_written_are_no_header(lines: str) -> None:
    with pytest.raises(HeaderError, match="this is no header"):
        parse_header(lines.encode())


@given(st.binary(max_size=40) | headers.map(lambda fields: header(*fields)), st.data())
def test_a_damaged_header_is_another_header_or_none(data: bytes, draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(data)))
    damaged = data[:place] + draw.draw(st.binary(max_size=2)) + data[place + draw.draw(st.integers(0, 2)) :]
    try:
        fields = parse_header(damaged)
    except HeaderError:
        return
    assert header(*fields) == damaged


def test_a_stream_tag_needs_the_salt_to_be_recognised() -> None:
    assert stream_tag(b"salt", "hazard-1") == hmac.new(b"salt", b"hazard-1", hashlib.sha256).hexdigest()
    tags = [
        stream_tag(b"salt", "hazard-1"),
        stream_tag(b"salt", "hazard-2"),
        stream_tag(b"other", "hazard-1"),
    ]
    assert all(one != other for one, other in pairwise([*tags, tags[0]]))


@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_tree_that_grows_by_pages_has_the_root_of_all_its_leaves(pages: list[int]) -> None:
    tree, leaves = Growing(), []
    for page in pages:
        new = [leaf_hash(b"%d" % (len(leaves) + at)) for at in range(page)]
        leaves += new
        tree.extend(new)
        assert tree.root() == root_of(leaves)
