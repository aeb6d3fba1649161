"""The tree of fingerprints over all records: whoever keeps its root can tell if one was changed or removed.

It is the Merkle tree of RFC 9162, section 2.1, with SHA-256, as functions over bytes.
`leaf` always means a leaf's hash (`leaf_hash` of a record's header), never the header itself.
A growing tree is kept as its *frontier*: the roots of the perfect subtrees it consists of, one for each set bit of
its size, the largest first.

Whoever makes a proof gets a `TreeError` for an impossible question.
Whoever checks one gets True or False, and no error for anything of the right types.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import TypeAlias

EMPTY_ROOT = sha256(b"").digest()
HASH_LENGTH = 32

# Where a proof reads its leaves: a list, an iterator from the first leaf on, or a function of the index.
Leaves: TypeAlias = Iterable[bytes] | Callable[[int], bytes]

# Leaves are folded in perfect subtrees of this many: level by level is faster than leaf by leaf.
_BLOCK = 256


class TreeError(ValueError):
    """A question that this tree cannot answer: an index or size outside it, or fewer leaves than announced."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes: SHA-256(0x00 + data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 + left + right)."""
    return sha256(b"\x01" + left + right).digest()


def push(frontier: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The frontier of size + 1 leaves; the one given stays as it is.

    Refuses (`TreeError`) a frontier that cannot belong to this size.
    """
    if size < 0 or len(frontier) != size.bit_count():
        raise TreeError(f"a frontier of {len(frontier)} hashes cannot belong to a tree of {size} leaves")
    grown = list(frontier)
    push_in_place(grown, size, leaf)
    return grown


def push_in_place(frontier: list[bytes], size: int, leaf: bytes) -> None:
    """Let the frontier of `size` leaves grow by one. It runs under the append lock, so it checks nothing."""
    while size & 1:
        leaf = sha256(b"\x01" + frontier.pop() + leaf).digest()
        size >>= 1
    frontier.append(leaf)


def root_of_frontier(frontier: Sequence[bytes]) -> bytes:
    """The root of the tree with this frontier; of an empty one, the empty tree's."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def frontier_of(leaves: Iterable[bytes]) -> tuple[list[bytes], int]:
    """The frontier and the number of these leaves, in one pass that keeps a few hundred hashes."""
    source = iter(leaves)
    frontier: list[bytes] = []
    blocks = 0
    while len(block := list(islice(source, _BLOCK))) == _BLOCK:
        push_in_place(frontier, blocks, _perfect_root(block))
        blocks += 1
    rest: list[bytes] = []
    for size, leaf in enumerate(block):
        push_in_place(rest, size, leaf)
    return frontier + rest, blocks * _BLOCK + len(block)


class Growing:
    """A tree that grows by many leaves at a time and tells its root in between; it keeps a few hundred hashes."""

    def __init__(self) -> None:
        self._frontier: list[bytes] = []
        self._blocks = 0
        self._rest: list[bytes] = []

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append these leaves in their order."""
        self._rest.extend(leaves)
        whole = len(self._rest) // _BLOCK * _BLOCK
        for at in range(0, whole, _BLOCK):
            push_in_place(self._frontier, self._blocks, _perfect_root(self._rest[at : at + _BLOCK]))
            self._blocks += 1
        del self._rest[:whole]

    def root(self) -> bytes:
        """The root over all leaves so far; of none, the empty tree's."""
        rest: list[bytes] = []
        for size, leaf in enumerate(self._rest):
            push_in_place(rest, size, leaf)
        return root_of_frontier(self._frontier + rest)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree over all these leaves; of none, the empty tree's."""
    return root_of_frontier(frontier_of(leaves)[0])


def range_root(leaves: Iterable[bytes]) -> bytes:
    """The node over a run of leaves inside a tree, in one pass. Refuses (`TreeError`) a run without a leaf."""
    frontier, size = frontier_of(leaves)
    if not size:
        raise TreeError("an empty run of leaves has no node in the tree")
    return root_of_frontier(frontier)


def inclusion_proof(leaves: Leaves, index: int, size: int) -> list[bytes]:
    """The hashes, from the leaf upwards, that prove which leaf stands at `index` in the tree of `size` leaves.

    RFC 9162, section 2.1.3.1. Indexes count from 0. One pass over the leaves, O(size) time, O(log size) memory.
    Refuses (`TreeError`) an index outside the tree, and fewer leaves than `size`.
    """
    return inclusion_proofs(leaves, [index], size)[0]


def inclusion_proofs(leaves: Leaves, indexes: Sequence[int], size: int) -> list[list[bytes]]:
    """The inclusion proofs of several leaves, in the order asked, still in one pass over the leaves."""
    for index in indexes:
        if not 0 <= index < size:
            raise TreeError(f"there is no leaf {index} in a tree of {size} leaves")
    proofs: dict[int, list[bytes]] = {index: [] for index in indexes}
    if proofs:
        _collect_siblings(_from_the_first(leaves, size), 0, size, proofs)
    return [list(proofs[index]) for index in indexes]


def consistency_proof(leaves: Leaves, size1: int, size2: int) -> list[bytes]:
    """The hashes that prove the tree of `size1` leaves to be the beginning of the tree of `size2` leaves.

    RFC 9162, section 2.1.4.1; empty for equal sizes. One pass, O(size2) time, O(log size2) memory.
    Refuses (`TreeError`) size1 of 0 (everything begins with nothing), size1 > size2, and fewer leaves than size2.
    """
    if not 0 < size1 <= size2:
        raise TreeError(f"a tree of {size1} leaves cannot be proved to be the beginning of one of {size2}")
    proof: list[bytes] = []
    if size1 < size2:
        _collect_subproof(_from_the_first(leaves, size2), size1, size2, True, proof)
    return proof


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with this root.

    RFC 9162, section 2.1.3.2. Indexes count from 0.
    Everything malformed is False: a missing or spare hash, a wrong length, an index outside the tree.
    """
    if not 0 <= index < size or not _all_hashes([leaf, root, *proof]):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> bool:
    """Whether `proof` shows that the tree (size1, root1) is the beginning of the tree (size2, root2).

    RFC 9162, section 2.1.4.2.
    Everything malformed is False: a missing or spare hash, a wrong length, size1 > size2.
    Size 0 is False, also against itself: it proves nothing, and a caller could take it for a proof.
    Equal sizes need equal roots and an empty proof; the roots are then only compared, whatever their length.
    """
    if not 0 < size1 <= size2:
        return False
    if size1 == size2:
        return not proof and root1 == root2
    if not proof or not _all_hashes([root1, root2, *proof]):
        return False
    # A perfect old tree is itself the first node, so its maker leaves it out.
    path = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old == root1 and new == root2


def _perfect_root(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def _all_hashes(hashes: Iterable[bytes]) -> bool:
    return all(len(each) == HASH_LENGTH for each in hashes)


def _from_the_first(leaves: Leaves, size: int) -> Iterator[bytes]:
    return map(leaves, range(size)) if callable(leaves) else iter(leaves)


def _next_node(source: Iterator[bytes], count: int) -> bytes:
    frontier, size = frontier_of(islice(source, count))
    if size < count:
        raise TreeError(f"{count - size} leaves are missing of the tree to be proved")
    return root_of_frontier(frontier)


def _left_size(size: int) -> int:
    """The greatest power of two below `size`: how many leaves stand in the left subtree."""
    return 1 << (size - 1).bit_length() - 1


def _collect_siblings(source: Iterator[bytes], start: int, end: int, proofs: dict[int, list[bytes]]) -> bytes:
    """Read the leaves start..end, give each wanted leaf's proof its siblings among them, return their node."""
    if not proofs or end - start == 1:
        return _next_node(source, end - start)
    middle = start + _left_size(end - start)
    wanted_left = {index: proof for index, proof in proofs.items() if index < middle}
    wanted_right = {index: proof for index, proof in proofs.items() if index >= middle}
    left = _collect_siblings(source, start, middle, wanted_left)
    right = _collect_siblings(source, middle, end, wanted_right)
    for proof in wanted_left.values():
        proof.append(right)
    for proof in wanted_right.values():
        proof.append(left)
    return node_hash(left, right)


def _collect_subproof(source: Iterator[bytes], old: int, size: int, known: bool, proof: list[bytes]) -> None:
    """SUBPROOF(old, the next `size` leaves, known) of RFC 9162; `known`: the old tree's root needs no telling."""
    if old == size:
        node = _next_node(source, size)
        if not known:
            proof.append(node)
        return
    left_size = _left_size(size)
    if old <= left_size:
        _collect_subproof(source, old, left_size, known, proof)
        proof.append(_next_node(source, size - left_size))
    else:
        left = _next_node(source, left_size)
        _collect_subproof(source, old - left_size, size - left_size, False, proof)
        proof.append(left)
