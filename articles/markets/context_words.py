"""Words beside a name that tell whether it is a company's, all folded."""

#: Nouns of the market that directly follow a company's name, or its possessive.
NOUNS = frozenset(
    """
    shares share stock stocks shareholders shareholder stockholders investors ceo cfo coo cto chief executive executives
    earnings revenue revenues profit profits results dividend dividends bonds adrs adr ads sales management spokesman
    spokeswoman spokesperson board directors guidance outlook margin margins buyback backlog valuation market
    quarterly annual bondholders creditors holders income ebitda ebit loss losses deliveries subsidiary unit stake
    employees workers headquarters aktie aktien aktionare action actions titre titres konzern acciones azioni
    cofounder founder
    """.split()
)
#: Words that make a sentence one about the market.
MARKET = frozenset(
    """
    shares share stock stocks shareholders investors earnings revenue revenues profit profits dividend dividends analysts
    analyst forecast forecasts guidance buyback ipo stake merger acquisition takeover nasdaq nyse premarket
    quarterly quarter percent billion bln trading traded trader bonds valuation ceo cfo downgrade downgraded upgrade
    upgraded outlook sales retailer automaker carmaker chipmaker insurer lender drugmaker company companys
    firm regulators antitrust layoffs bankruptcy filing listed market markets rival rivals unit subsidiary
    maker fund funds holders holding portfolio comparable ebitda aftermarket selloff rally reported brokerage bid
    aktie aktien borse bourse gewinn umsatz prognose
    """.split()
)
#: What only companies do, and people who speak for them.
DEEDS = frozenset(
    """
    reported reports posted posts expects forecasts forecast acquires acquired recalls recalled unveils unveiled guides
    guided declared slashed slashes hiked hikes outperformed underperformed rallied slumped slumps tumbled tumbles soared
    soars surged surges plunged plunges plummeted plummets earned employs files filed launches launched invests divests
    divested spins buys bought acquire announces announced warns warned sues sued hires hired settles settled
    prices priced unveil beats beat estimates appoints appointed partners
    """.split()
)
#: What companies say, and people do, too.
SPEECH = frozenset("said says added told tells declined denied confirmed disagreed argued stated responded".split())
#: What companies do, and much else.
DOINGS = frozenset(
    """
    rose rises fell falls jumped jumps dropped drops gained gains lost loses cut cuts raised raises lifted lifts misses
    missed won wins sold sells plans planned agreed agrees agree closed closes slid slides sank sinks climbed climbs
    dipped rebounded will would has had is was sees saw makes made wants named names halved doubled tripled shed sheds
    ended opened opens nears stops delivered delivers hit hits faces faced pays paid leads led swung swings edged topped
    trailed joined joins delays delayed offers offered signs signed builds may could expanded replaced pulled
    """.split()
)
#: Trades and kinds of companies that stand directly before a name.
KINDS = frozenset(
    """
    retailer automaker carmaker chipmaker insurer lender bank airline brewer drugmaker planemaker miner company firm
    group giant parent unit subsidiary conglomerate operator supplier startup broker manufacturer maker rival rivals
    major developer distiller grocer utility telco supermarket chain owner competitor peer peers heavyweight biotech
    brokerage publisher broadcaster steelmaker truckmaker toymaker shipper carrier designer processor jeweller jeweler
    bookmaker builder homebuilder platform provider exchange insurers retailers chipmakers automakers airlines banks
    behemoth juggernaut contractor refiner producer restaurateur hotelier reseller wholesaler autobauer konzern
    versicherer groupe banco app search software fintech networker shares stock
    """.split()
)
#: What stands before "of", "in", "at", "by" or "for" and a company's name.
RELATIONS = frozenset(
    """
    shares share stock stake stakes ceo cfo chief executive president director unit subsidiary owner shareholders
    shareholder investors investor customers employees workers bid offer deal competitor competitors rival rivals
    supplier suppliers arm division chairman chair chairwoman founder cofounder boss management bonds notes position
    positions holding holdings acquisition takeover purchase analyst analysts spokesman spokeswoman parent engineer
    executives maker shorting long
    """.split()
)
#: Between a relation and a name.
LINKS = frozenset("of in at by for from against with".split())
#: Lists of examples: "companies such as Visa".
EXAMPLES = frozenset("as like including include includes".split())
#: Behind a hyphen after a company's name.
COMPOUNDS = frozenset(
    "owned led backed made built branded listed controlled run operated funded style based like".split()
)
#: Before a hyphen and a company's name.
PREFIXES = frozenset("non ex pro anti pre post brief update exclusive analysis focus refile corrected".split())
#: Words in capitals after a name that are not a part of a longer name.
ROLES = frozenset(
    """
    ceo cfo coo cto chief chairman chairwoman chair president executive vice founder cofounder director inc corp ltd plc
    class common series q1 q2 q3 q4 h1 h2 i the on in to and at of as for with after
    """.split()
)
