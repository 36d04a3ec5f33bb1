"""What the words behind a name say of it: "Apple's chief executive", "Apple pie", "Ford Foundation"."""

from re import compile as pattern

from articles.markets.aliases import WHOLE
from articles.markets.context_words import (
    ACTS,
    AUXILIARIES,
    COMPOUNDS,
    DEEDS,
    DOINGS,
    FOREIGN,
    INDEX,
    KINDS,
    LIVES,
    MODIFIERS,
    NO_OBJECTS,
    NOUNS,
    PRODUCTS,
    ROLES,
    SPEECH,
    TAKINGS,
    VENUES,
)
from articles.markets.name_hits import FIRST, Hit
from articles.markets.natures import ACRONYM, DISTINCT, MARKETPLACE, ORDINARY, PERSON_LIKE, PERSONAL, PHRASE, PLACE
from articles.markets.ordinary_words import is_ordinary, is_place
from articles.markets.wording import PLAIN, Wording

VERBS = DEEDS | SPEECH | ACTS | DOINGS | TAKINGS
_AGE = pattern(r", (?:aged )?\d{1,2},| \(\d{1,2}\)|, who\b|,? Jr\b")
#: Between a name and what is said of it in lists: "Caterpillar — Shares fell".
_DASH = pattern(r" ?(?:[-–—]|--|:) ")
_ADVERBS = frozenset("also now still then recently reportedly separately today later on not".split()) | AUXILIARIES
#: What may follow upon the kind of a company, each as the rest of the words.
_GOES_ON = [[word] for word in "that which whose behind based founded owned led run with of in backed known".split()]
#: Kinds that a sentence calls its company by.
_EXACT_KINDS = frozenset(
    "company retailer insurer lender bank airline carrier automaker carmaker chipmaker drugmaker planemaker brewer "
    "miner firm brokerage utility grocer homebuilder".split()
)
_PASSIVE = frozenset("is was are were be been".split())
_BUILDS = frozenset("build raise lower name post".split())
_FOREIGN = [[word] for word in FOREIGN]
_EXPECTED = [[word, "to"] for word in "expected set due scheduled poised likely".split()]
#: What a word behind a name weighs: for some kinds of names, and for the rest.
_FOLLOWING: tuple[tuple[frozenset[str], dict[str, float], float], ...] = (
    (INDEX, {}, -0.9),
    (LIVES, {}, -0.5),
    (NOUNS, {}, 0.5),
    (DEEDS, {PERSONAL: 0.42, PERSON_LIKE: 0.35}, 0.45),
    (SPEECH, {ORDINARY: 0.45}, 0.15),
    (ACTS, {PLACE: 0.1, ORDINARY: 0.4}, 0.25),
    (DOINGS, {PLACE: 0.1}, 0.25),
    (AUXILIARIES, {ORDINARY: 0.16, PHRASE: 0.12, DISTINCT: 0.05}, 0.0),
    (PRODUCTS, {ORDINARY: 0.3}, 0.0),
    (FOREIGN, {}, -0.3),
    (frozenset({"of"}), {}, -0.2),
)
_DETERMINERS = frozenset("a an the its another more no one two three four five six seven eight nine ten".split())
#: Between a deed and its object: "pushed back the launch".
_PARTICLES = frozenset("back up out down aside off away".split())
_PRONOUNS = frozenset({"their", "this", "all", "some", "nearly", "about"})
_WITH = (["up", "with"], ["on", "a"], ["for", "a"])
#: What a deed with an object weighs: "Gap named a chief".
_TAKEN = {ORDINARY: 0.42, PHRASE: 0.25, PLACE: 0.3, PERSONAL: 0.25}


def weigh_behind(wording: Wording, hit: Hit, kind: str) -> float:
    """Return what the words behind a name of a kind add to its weight, or take from it."""
    number = hit.behind
    if number >= len(wording):
        return 0.0
    gap = wording.text[hit.end : wording.starts[number]]
    if hit.end < wording.ends[number - 1] or gap[:1] in {"'", "’"}:
        ahead = wording.folded[number : number + 4]
        return 0.5 if any(word in NOUNS or word == "order" for word in ahead) else 0.42 if kind == ORDINARY else 0.15
    if gap == "-":
        return _compound(wording, hit, kind)
    if gap not in {" ", "\u00a0"}:
        return _set_off(wording, hit, kind, gap)
    return _next_words(wording, hit, kind)


def is_foreign(wording: Wording, hit: Hit) -> bool:
    """Say whether a name is but an attribute of what no company has: "GM crops", "a Nike missile"."""
    return hit.behind < len(wording) and wording.gap(hit.behind) == " " and wording.folded[hit.behind] in FOREIGN


def is_said_by_its_kind(wording: Wording, hit: Hit) -> bool:
    """Say whether the sentence that a name opens goes on with what kind of company it is: ", the insurer said"."""
    first, behind = wording.sentence(hit.first)
    return first == hit.first and any(
        wording.words[number] == "the" and not _EXACT_KINDS.isdisjoint(wording.words[number + 1 : number + 3])
        for number in range(hit.behind, behind)
    )


def _compound(wording: Wording, hit: Hit, kind: str) -> float:
    if wording.folded[hit.behind] in COMPOUNDS:
        return 0.25
    return -0.1 if kind == DISTINCT and hit.how < FIRST else -0.5


def _set_off(wording: Wording, hit: Hit, kind: str, gap: str) -> float:
    """Weigh what follows behind a comma, a dash or a bracket."""
    if kind in {PERSONAL, PERSON_LIKE} and _AGE.match(wording.text, hit.end):
        return -0.5
    follower = wording.folded[hit.behind]
    if gap == ", " and follower == "which" and kind in {ORDINARY, PERSONAL}:
        return 0.3
    if gap == ", " and follower in {"the", "a", "an"} and wording.folded[hit.behind + 1 : hit.behind + 2] in _FOREIGN:
        return -0.3
    if gap == ", " and follower in {"the", "a", "an"} and _is_explained(wording, hit):
        return 0.25 if kind == PERSONAL else 0.45
    if gap == ", " and (is_place(follower) or follower == "new") and kind != ACRONYM and not _goes_on(wording, hit):
        return -0.3 if kind == DISTINCT else -0.4
    return 0.5 if _DASH.fullmatch(gap) and follower in NOUNS else 0.0


def _is_explained(wording: Wording, hit: Hit) -> bool:
    """Say whether a comma is followed by what kind of company it is: "Block, the payments company run by …"."""
    for number in range(hit.behind + 1, min(hit.behind + 7, len(wording))):
        if wording.gap(number) not in {" ", "-", "\u00a0"}:
            return False
        if wording.folded[number] in KINDS:
            rest = wording.text[wording.ends[number] :]
            return rest[:1] in {",", ".", ";", ""} or wording.folded[number + 1 : number + 2] in _GOES_ON
    return False


def _goes_on(wording: Wording, hit: Hit) -> bool:
    """Say whether a place behind a comma is only one of a row: "Toyota, Japan and the United States"."""
    return hit.behind + 1 < len(wording) and wording.gap(hit.behind + 1) in {" ", "-"}


def _next_words(wording: Wording, hit: Hit, kind: str) -> float:
    number = hit.behind
    word, following = wording.folded[number], wording.folded[number + 1] if number + 1 < len(wording) else ""
    if word.isdigit() and hit.how == WHOLE and kind != MARKETPLACE:
        return 0.0
    if word in VENUES and wording.words[number][0].isupper():
        return -0.5
    if phrase := _phrase(wording, number, following, kind) or _deed(wording, hit, following, kind):
        return phrase
    if word in _ADVERBS and following in VERBS | LIVES and not (word in _PASSIVE and following in ACTS):
        word = following
    elif following in {"by", "from"} and word in ACTS | DEEDS:
        return 0.0
    weight = _weight_of(word, kind, is_plain=wording.style(hit.first) == PLAIN)
    return _unsaid(wording, hit, kind) if weight is None else weight


def _phrase(wording: Wording, number: int, following: str, kind: str) -> float:
    """Weigh several words that only together say something: "and its", "is set to", "is in talks"; 0 for none."""
    word = wording.folded[number]
    if word == "and" and following == "its":
        return 0.4
    if word in MODIFIERS and any(ahead in NOUNS for ahead in wording.folded[number + 1 : number + 3]):
        return 0.5
    if word in _PASSIVE and _is_expected(wording, number):
        return 0.4 if kind == ORDINARY else 0.25
    is_talking = word in _PASSIVE | {"held", "holds"} and "talks" in wording.folded[number + 1 : number + 4]
    return 0.42 if is_talking else 0.0


def _is_expected(wording: Wording, number: int) -> bool:
    """Say whether a word is followed by what somebody is to do: "is set to close", "is to build"."""
    ahead = wording.folded[number + 1 : number + 3]
    return ahead in _EXPECTED or (ahead[:1] == ["to"] and ahead[1:2] != [] and ahead[1] in VERBS | _BUILDS)


def _deed(wording: Wording, hit: Hit, following: str, kind: str) -> float:
    """Weigh a deed with an object: "Gap named a chief", but neither "Gap named in" nor "Visa talks"; 0 for none."""
    if wording.style(hit.first) != PLAIN:
        return 0.0
    word, number = wording.folded[hit.behind], hit.behind + 1
    if following in _PARTICLES and number + 1 < len(wording):
        number, following = number + 1, wording.folded[number + 1]
    is_object = following in _DETERMINERS or following.isdigit() or following in _PRONOUNS
    if word in TAKINGS and following and following not in NO_OBJECTS:
        return _TAKEN.get(kind, 0.25) + 0.08 * is_object
    # Any word in the past that has an object with an article: no English noun stands before it without one.
    is_past = word.endswith("ed") and len(word) > 4 and word not in LIVES | DEEDS
    if not is_past or not (is_object or wording.folded[hit.behind + 1 : hit.behind + 3] in _WITH):
        return 0.0
    is_plural = hit.key.endswith("s") and is_ordinary(hit.key[:-1])
    return 0.1 if is_plural else _TAKEN.get(kind, 0.0)


def _unsaid(wording: Wording, hit: Hit, kind: str) -> float:
    """Weigh a word behind a name that is in no list."""
    word = wording.folded[hit.behind]
    if kind == ACRONYM and len(hit.key) < 3 and wording.words[hit.behind].islower():
        # Two letters are an abbreviation of much else, and attributes then: "GM labels".
        return -0.15 if is_ordinary(word) and word not in NO_OBJECTS and not word.endswith("ed") else 0.0
    if wording.text[hit.end - 1] != "." and _is_continued(wording, hit):
        return 0.0 if kind in {DISTINCT, ACRONYM} and hit.how < FIRST else -0.4
    return 0.0


def _weight_of(word: str, kind: str, *, is_plain: bool) -> float | None:
    """Return what a word directly behind a name weighs; None if it says nothing."""
    for words, weights, weight in _FOLLOWING:
        if word in words:
            # Headlines have no articles, so "Shell hits hospital" says nothing of who acts.
            return weights.get(kind, weight) if is_plain or words is not ACTS else weight
    return None


def _is_continued(wording: Wording, hit: Hit) -> bool:
    """Say whether a word in capitals behind a name may be a part of a longer name."""
    return (
        wording.style(hit.first) == PLAIN
        and wording.words[hit.behind][0].isupper()
        and wording.folded[hit.behind] not in ROLES
    )
