"""Which names are ordinary words, people's names or places, and so need more than their spelling to be a company's.

The ordinary words are SCOWL's English, American and British lists to size 35 without regular inflections, which come
from the 12Dicts and Moby lists in the public domain (http://wordlist.aspell.net; notice in `words/README.md`). The
names are our own lists of common ones.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from articles.markets.folding import fold

_FOLDER = Path(__file__).with_name("words")
#: Abbreviations and words in capitals that copy has for other things than a security, in the form of tickers.
ABBREVIATIONS = frozenset(
    """
    A I O AA ABC AC AD ADP ADR ADS AGM AI AIDS AKA ALL AM AN AND APEC API APP APR AR ARE AS ASAP ASEAN AT ATM AU AUG
    AWS B BA BAE BBC BC BCE BE BEST BIG BLN BOE BOJ BRICS BS BUT BY C CA CAD CAP CAR CAT CBI CBO CBS CC CCTV CD CDC
    CEO CFA CFO CFTC CHF CIA CIO CL CLO CNN CNY CO COLA CON COO COP COST COVID CPI CPU CT CTO CV D DC DE DEC DEI DIY
    DJ DM DNA DO DOE DOGE DOJ DOT DVD DVR E EBIT EBITDA EC ECB ED EIA EM EMEA EMS EN ENG EPA EPS ER ERP ESA ESG EST
    ET ETC ETF ETFS EU EUR EV EVS EX EXP F FAA FAO FAQ FAST FBI FCC FDA FDIC FEB FED FEMA FIFA FIVE FOMC FOR FREE
    FRI FT FTC FTSE FUN FX FY G GB GBP GCC GDP GHG GMO GMT GO GOOD GOP GP GPS GPT GPU GST H HAS HE HER HIM HIS HIV
    HK HKD HOT HOW HPV HQ HR HS IAEA ICE ICU ID IEA IF II III IMF IN INFO INR IP IPO IQ IR IRA IRS IS ISIS ISO IT
    ITS IV JAN JPY JR JUL JUN K KEY KG KM KO KPI L LA LAN LAW LED LGBT LIFE LLC LLM LNG LOL LOVE LOW LP LPG LTD M MA
    MAN MAR MAY MBA MD ME MEP MI MIT ML MLN MO MON MOU MP MPS MRI MRNA MS MSCI MTV MVP N NASA NATO NBA NBC NCAA NEW
    NEXT NFL NFT NGO NHL NHS NHTSA NIH NO NOT NOV NOW NSA NSW NT NTSB NY NYC NYSE OCT OECD OF OH OK OLD ON ONE OPEC
    OR OS OSHA OTC OUR OUT P PACE PAY PC PCR PDF PE PER PHD PI PLAY PLC PM PMI POST PPI PR PRO PS PSG PT PTA PV Q QA
    QE R RAM RBA RBI RE REAL REIT RMB RPM RUB RUN RV S SA SAD SAFE SALT SAT SC SD SDR SE SEC SEE SEO SEP SHE SIM SO
    SOS SOX SPAC SPY ST STEM STI SUN SUV SWAT T TARP TB TD TEAM TECH THE THU TO TOO TOP TRUE TRY TUE TUV TV TWO TX U
    UAE UAV UAW UEFA UFO UK UN UNESCO UNHCR UP URL US USA USB USD USDA USMCA USPS USSR UV V VA VAR VAT VC VIP VIX VP
    VPN VR VS W WAR WAS WE WED WEF WELL WHO WHY WIN WTI WTO WWF WWI WWII X XI XL Y YEN YES YOU YOY YTD Z ZERO
    """.split()
)
#: What people are called before their names.
TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady president vice senator sen representative rep congressman
    congresswoman governor gov mayor judge justice premier chancellor minister secretary king queen prince princess
    duke duchess sheriff officer detective captain capt lieutenant lt colonel col general gen sergeant sgt major
    admiral commander pope bishop archbishop cardinal rabbi imam father sister brother reverend rev saint st coach
    actor actress singer author director producer comedian chairman chairwoman herr frau monsieur madame senor
    senora signor ambassador envoy attorney lawyer midfielder striker defender goalkeeper pitcher quarterback
    """.split()
)


def is_ordinary(word: str) -> bool:
    """Say whether a folded word is one of English, in its plain form or a regular inflection."""
    known = _listed("ordinary")
    return word in known or any(base in known for base in _bases(word))


def is_given_name(word: str) -> bool:
    """Say whether a folded word is a common given name."""
    return word in _listed("given_names")


def is_personal(word: str) -> bool:
    """Say whether a folded word is a common given name or surname."""
    return word in _listed("given_names") or word in _listed("surnames")


def is_place(word: str) -> bool:
    """Say whether a folded word is a country, state, city or river of the news."""
    return word in _listed("places")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(line) for line in (_FOLDER / f"{name}.txt").read_text("utf-8").split())


def _bases(word: str) -> Iterator[str]:
    if len(word) < 4:
        return
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield stem + instead
            if stem[-1] == stem[-2]:
                yield stem[:-1]


_INFLECTIONS = (("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", ""))
