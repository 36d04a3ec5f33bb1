"""Bring together what two people made of the same text."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from articles.text.carried_marks import carry_marks, is_same_text
from articles.text.paragraphs import Block, blocks, body, with_ids


@dataclass(frozen=True, slots=True)
class MergedBody:
    """A merged body and the ids of the blocks that both sides changed in different ways.

    Where a block is in conflict the body holds my version, or the version that still exists; without
    conflicts it holds every change of both sides.
    """

    html: str
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedValue[T]:
    """A merged value; `is_conflict` when both sides changed it differently, and then it is mine."""

    value: T
    is_conflict: bool = False


def merge_values[T](base: T, mine: T, theirs: T) -> MergedValue[T]:
    """Return what becomes of a value that started as `base`: the one change, or the same change made twice."""
    if theirs in (base, mine):
        return MergedValue(mine)
    if mine == base:
        return MergedValue(theirs)
    return MergedValue(mine, is_conflict=True)


def merge_bodies(base: str, mine: str, theirs: str) -> MergedBody:
    """Return the body in which the changes that two sides made to `base` come together, block by block.

    Blocks are known by their ids; those without one get it from `base` as `with_ids` does. A block is in
    conflict when both sides changed it and not to the same, or one changed what the other deleted. Marks are no
    words: they come together with what the other side made of the words, as far as those still stand.
    New blocks stay behind the block they were written after, mine first. When both sides moved blocks,
    my order holds.
    """
    base = with_ids(base)
    before, my_blocks, their_blocks = _by_id(base), _by_id(with_ids(mine, base)), _by_id(with_ids(theirs, base))
    merged: dict[str, Block] = {}
    conflicts: set[str] = set()
    for block_id in my_blocks | their_blocks:
        choice = _merged(before.get(block_id), my_blocks.get(block_id), their_blocks.get(block_id))
        block = choice.value
        if choice.is_conflict:
            conflicts.add(block_id)
            block = my_blocks.get(block_id) or their_blocks.get(block_id)
        if block is not None:
            merged[block_id] = block
    order = _merged_order(merged, before, my_blocks, their_blocks)
    return MergedBody(
        html=body(merged[block_id] for block_id in order),
        conflicts=tuple(block_id for block_id in order if block_id in conflicts),
    )


def _merged(base: Block | None, mine: Block | None, theirs: Block | None) -> MergedValue[Block | None]:
    """Return what becomes of a block; None is one that a side does not have."""
    choice = merge_values(base, mine, theirs)
    if not choice.is_conflict or base is None:
        return choice
    for marked, edited in ((mine, theirs), (theirs, mine)):
        if marked is None or not is_same_text(base.html, marked.html):
            continue
        if edited is None:
            return MergedValue(None)
        carried = carry_marks(base.html, marked.html, edited.html)
        if carried is not None:
            return MergedValue(Block(edited.tag, edited.id, carried, edited.text))
    return choice


def _by_id(html: str) -> dict[str, Block]:
    return {block.id: block for block in blocks(html)}


def _merged_order(
    merged: Collection[str], before: Mapping[str, Block], mine: Mapping[str, Block], theirs: Mapping[str, Block]
) -> list[str]:
    """Return the ids of a merged body in order: that of the side that moved blocks, the other's new ones put in."""
    i_moved = [i for i in mine if i in before] != [i for i in before if i in mine]
    lead, other = (mine, theirs) if i_moved else (theirs, mine)
    order: list[str] = []
    waiting = _added_after(lead, other, merged)
    due = waiting[""]
    for block_id in lead:
        # My new blocks stand before theirs, whoever leads.
        if due and not (i_moved and block_id not in other):
            order += due
            due = []
        if block_id in merged:
            order.append(block_id)
            due += waiting[block_id]
    return order + due


def _added_after(lead: Collection[str], other: Collection[str], merged: Collection[str]) -> defaultdict[str, list[str]]:
    """Return the ids that only `other` has, by the id before them that both have ("" for none)."""
    added: defaultdict[str, list[str]] = defaultdict(list)
    before = ""
    for block_id in other:
        if block_id not in merged:
            continue
        if block_id in lead:
            before = block_id
        else:
            added[before].append(block_id)
    return added
