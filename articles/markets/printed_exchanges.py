"""How copy, agencies and exchanges' own files spell the exchanges, by MIC (ISO 10383)."""

#: Printed names in capitals without blanks and full stops, each with the markets that it may mean, likeliest first.
_SPELLINGS = {
    "XNYS": "NYSE NYQ NYS NEWYORKSTOCKEXCHANGE NEWYORK",
    "XNAS": "NASDAQ NASDAQGS NASDAQGM NASDAQCM NASDAQGLOBALSELECT NASDAQGLOBALMARKET NASDAQCAPITALMARKET NMS NSDQ NAS "
    "NASD NASDAQNMS",
    "XASE": "AMEX NYSEAMERICAN NYSEMKT NYSEAMEX ASE NYSEAMER",
    "ARCX": "NYSEARCA ARCA PCX",
    "BATS": "CBOE BZX BATS CBOEBZX",
    "OTCM": "OTC OTCMKTS OTCQX OTCQB OTCPK OTCPINK OTCMARKETS PINK PNK OTCBB",
    "XLON": "LSE LON LONDON LONDONSTOCKEXCHANGE",
    "AIMX": "AIM LSEAIM",
    "XHKG": "HKEX HKG HKSE SEHK HK HONGKONG HKEXMAIN",
    "XTKS": "TSE TYO TOKYO TKS JPX TSEPRIME",
    "XETR": "ETR XETRA FWB GR GER",
    "XFRA": "FRA FRANKFURT FSE",
    "XPAR": "EPA PAR PARIS EURONEXTPARIS ENXTPA PA",
    "XAMS": "AMS AEX AMSTERDAM EURONEXTAMSTERDAM ENXTAM",
    "XBRU": "EBR BRU BRUSSELS EURONEXTBRUSSELS ENXTBR",
    "XLIS": "ELI LIS LISBON EURONEXTLISBON",
    "XDUB": "ISE DUBLIN EURONEXTDUBLIN",
    "XMIL": "BIT MIL MTA MILAN BORSAITALIANA EURONEXTMILAN",
    "XMAD": "BME MCE MAD MADRID",
    "XSWX": "SWX SIX VTX EBS SIXSWISS SIXSWISSEXCHANGE ZURICH",
    "XSTO": "STO OMX STOCKHOLM NASDAQSTOCKHOLM OM",
    "XCSE": "CPH CSE COPENHAGEN NASDAQCOPENHAGEN OMXCOP",
    "XHEL": "HEL HELSINKI NASDAQHELSINKI",
    "XOSL": "OSE OSL OSLO OSLOBORS EURONEXTOSLO",
    "XWBO": "VIE WBAG VIENNA",
    "XWAR": "WSE WAR GPW WARSAW",
    "XSHG": "SHA SSE SHANGHAI SH SHSE",
    "XSHE": "SHE SZSE SHENZHEN SZ",
    "XTAI": "TPE TWSE TAIWAN TAI",
    "XKRX": "KRX KSE KOSPI KOSE",
    "XKOS": "KOSDAQ",
    "XSES": "SGX SES SINGAPORE",
    "XASX": "ASX AX AUSTRALIA",
    "XNZE": "NZX NZE NZSE",
    "XTSE": "TSX TORONTO TOR",
    "XTSX": "TSXV TSXVENTURE CVE",
    "XCNQ": "CSE CNSX",
    "XNSE": "NSE NSI NSEI",
    "XBOM": "BSE BOM BOMBAY",
    "XBKK": "SET BKK",
    "XIDX": "IDX JKT",
    "XKLS": "KLSE KLS MYX BURSA BURSAMALAYSIA",
    "XPHS": "PSE PHS",
    "BVMF": "BVMF B3 BOVESPA SAO SAOPAULO",
    "XMEX": "BMV MEX",
    "XBUE": "BCBA BUE",
    "XSGO": "SGO",
    "XJSE": "JSE JNB",
    "XSAU": "TADAWUL SAU",
    "XDFM": "DFM",
    "XADS": "ADX",
    "XTAE": "TASE TLV",
    "XIST": "BIST IST",
    "MISX": "MOEX MCX MISX MICEX",
    "XATH": "ATHEX ATH",
    "XPRA": "PRA PRAGUE",
    "XBUD": "BUD BUDAPEST",
    "XCAI": "EGX CAI",
    "XNSA": "NGX NSENG",
    "XICE": "ICE",
}
#: Reuters instrument codes: the suffix behind the last full stop.
_REUTERS = {
    "XNYS": "N K",
    "XNAS": "O OQ",
    "XASE": "A",
    "ARCX": "P",
    "OTCM": "PK",
    "XLON": "L",
    "XHKG": "HK",
    "XTKS": "T TYO",
    "XETR": "DE",
    "XFRA": "F",
    "XPAR": "PA",
    "XAMS": "AS",
    "XBRU": "BR",
    "XLIS": "LS",
    "XDUB": "I IR",
    "XMIL": "MI",
    "XMAD": "MC",
    "XSWX": "S SW VX",
    "XSTO": "ST",
    "XCSE": "CO",
    "XHEL": "HE",
    "XOSL": "OL",
    "XWBO": "VI",
    "XWAR": "WA",
    "XSHG": "SS SH",
    "XSHE": "SZ",
    "XTAI": "TW",
    "XKRX": "KS",
    "XKOS": "KQ",
    "XSES": "SI",
    "XASX": "AX",
    "XNZE": "NZ",
    "XTSE": "TO",
    "XTSX": "V",
    "XNSE": "NS",
    "XBOM": "BO",
    "XBKK": "BK",
    "XIDX": "JK",
    "XKLS": "KL",
    "XPHS": "PS",
    "BVMF": "SA",
    "XMEX": "MX",
    "XBUE": "BA",
    "XSGO": "SN",
    "XJSE": "J JO",
    "XSAU": "SE SR",
    "XDFM": "DU",
    "XADS": "AD",
    "XTAE": "TA",
    "XIST": "IS",
    "MISX": "MM ME",
    "XATH": "AT",
    "XPRA": "PR",
    "XBUD": "BU",
    "XCAI": "CA",
}
#: Bloomberg's two letters for a market.
_TERMINAL = {
    "XNYS": "US UN",
    "XNAS": "US UW UQ UR",
    "XASE": "US UA",
    "ARCX": "US UP",
    "OTCM": "US UV",
    "XLON": "LN",
    "XHKG": "HK",
    "XTKS": "JP JT",
    "XETR": "GR GY",
    "XPAR": "FP",
    "XAMS": "NA",
    "XBRU": "BB",
    "XMIL": "IM",
    "XMAD": "SM SQ",
    "XSWX": "SW SE",
    "XSTO": "SS",
    "XCSE": "DC",
    "XHEL": "FH",
    "XOSL": "NO",
    "XSHG": "CH CG",
    "XSHE": "CH CS",
    "XTAI": "TT",
    "XKRX": "KS KP",
    "XSES": "SP",
    "XASX": "AU AT",
    "XTSE": "CN CT",
    "XNSE": "IN IS",
    "BVMF": "BZ",
    "XMEX": "MM",
    "XJSE": "SJ",
    "XSAU": "AB",
}
#: Segments and sister markets: a ticker printed for the one is looked for on the others, too.
_SISTERS = (
    {"XNYS", "XASE", "ARCX"},
    {"XNAS", "XNGS", "XNMS", "XNCM"},
    {"XETR", "XFRA"},
    {"XLON", "AIMX"},
    {"XKRX", "XKOS"},
    {"XTSE", "XTSX"},
    {"XTAI", "ROCO"},
    {"XNSE", "XBOM"},
    {"XSHG", "XSHE"},
    {"XMIL", "MTAA"},
    {"XTKS", "XJPX"},
    {"BATS", "BATO"},
)


def _by_spelling(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for mic, spellings in table.items():
        for spelling in spellings.split():
            found[spelling] = (*found.get(spelling, ()), mic)
    return found


_NAMED = _by_spelling(_SPELLINGS)
_SUFFIXES = _by_spelling(_REUTERS)
_TERMINALS = _by_spelling(_TERMINAL)
_MICS = frozenset(_SPELLINGS) | frozenset().union(*_SISTERS)
#: The spelling that is printed: the first of each market.
PRINTED = {mic: spellings.split()[0] for mic, spellings in _SPELLINGS.items()}
SUFFIX = {mic: suffixes.split()[0] for mic, suffixes in _REUTERS.items()}


def markets_named(name: str) -> tuple[str, ...]:
    """Return the MICs that a printed name of an exchange may mean ("NYSE American", "Nasdaq", "XNAS"); () if none."""
    spelling = "".join(part for part in name.upper() if part.isalnum())
    return _NAMED.get(spelling) or ((spelling,) if spelling in _MICS else ())


def markets_by_suffix(suffix: str) -> tuple[str, ...]:
    """Return the MICs of a Reuters suffix without its full stop ("N", "HK"); () if there is none."""
    return _SUFFIXES.get(suffix.upper(), ())


def markets_by_terminal(code: str) -> tuple[str, ...]:
    """Return the MICs of Bloomberg's two letters ("US", "LN"); () if they are none."""
    return _TERMINALS.get(code, ())


def is_same_market(one: str, other: str) -> bool:
    """Say whether two MICs are one exchange, or segments of one."""
    return one == other or any(one in sisters and other in sisters for sisters in _SISTERS)
