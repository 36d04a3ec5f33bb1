"""Words beside a name that tell whether it is a company's, all folded."""

#: Nouns of the market that directly follow a company's name, or its possessive.
NOUNS = frozenset(
    """
    shares share stock stocks shareholders shareholder stockholders investors ceo cfo coo cto chief executive
    executives earnings revenue revenues profit profits results dividend dividends bonds adrs adr ads sales
    management spokesman spokeswoman spokesperson board directors guidance outlook margin margins buyback backlog
    valuation market quarterly annual bondholders creditors holders income ebitda ebit loss losses deliveries
    subsidiary unit stake employees workers headquarters business stores customers chain aktie aktien aktionare
    action actions titre titres konzern acciones azioni cofounder founder pilots drivers staff users subscribers
    passengers engineers cardholders bosses arm arms division divisions plant plants factory factories orders
    """.split()
)
#: Words that make a sentence one about the market.
MARKET = frozenset(
    """
    shares share stock stocks shareholders investors earnings revenue revenues profit profits dividend dividends
    analysts analyst forecast forecasts guidance buyback ipo stake merger acquisition takeover nasdaq nyse premarket
    quarterly quarter percent billion bln trading traded trader bonds valuation ceo cfo downgrade downgraded upgrade
    upgraded outlook sales retailer automaker carmaker chipmaker insurer lender drugmaker company companys firm
    regulators antitrust layoffs bankruptcy filing listed market markets rival rivals unit subsidiary maker fund
    funds holders holding portfolio comparable ebitda aftermarket selloff rally reported brokerage bid aktie aktien
    borse bourse gewinn umsatz prognose buy buying acquire acquired deal airline brewer planemaker supermarket chain
    manufacturer conglomerate brokerage carrier miner automakers retailers airlines chipmakers distiller jobs
    factory factories suppliers customers consumers premiums shareholder refinery backlog
    """.split()
)
#: What only companies do, and people who speak for them.
DEEDS = frozenset(
    """
    reported reports posted expects forecasts forecast acquires acquired recalls recalled unveils unveiled guides
    guided declared slashed slashes hiked hikes outperformed underperformed rallied slumped slumps tumbled tumbles
    soared soars surged surges plunged plunges plummeted plummets earned employs filed invests divests divested
    spins buys bought acquire announces announced warns warned sues sued hires hired settles settled unveil beats
    beat appoints appointed partners idled idles furloughed mothballed delisted refinanced divest
    """.split()
)
#: What companies say, and people do, too.
SPEECH = frozenset("said says added told tells declined denied confirmed disagreed argued stated responded".split())
#: What companies do, and much else.
DOINGS = frozenset(
    """
    rose rises fell falls jumped jumps dropped drops gained gains lost loses cut cuts raised raises lifted lifts
    misses missed won wins sold sells plans planned agreed agrees agree closed closes slid slides sank sinks climbed
    climbs dipped rebounded sees saw makes made wants named names halved doubled tripled shed sheds ended opened
    opens nears delivered delivers hit hits faces faced pays paid leads led swung swings edged topped trailed joined
    joins delays delayed offers offered signs signed builds expanded replaced pulled expected set due scheduled
    poised likely rolled unveil
    """.split()
)
#: What only somebody does who decides: an ordinary word without an article that does so is a name.
ACTS = frozenset(
    """
    cut cuts raise raised raises lift lifted lifts sell sold sells plan plans planned agree agreed agrees buy
    acquire pay pays paid join joins joined delay delayed offer offers offered sign signs signed build builds expand
    expanded hire launch invest spend split appeal appoint merge recall replace replaced double wants appointed
    launched launches accepted accepts accept rejected rejects reject approved close open idled halted halts halt
    paused resumed shut shuts shutter stop stops suspend suspended take resume resumes restart restarts restarted
    """.split()
)
#: What somebody does to something, and what a noun may have suffered, too: with an object behind it, it is a deed.
TAKINGS = frozenset(
    """
    added advised appointed awarded bid booked borrowed bought built canceled cancelled capped cleared closed completed
    cut delayed delivered dismissed dropped ended fired gave held hired issued landed launched leased lifted licensed
    lowered met moved named narrowed opened ordered outbid overtook owes owned paid picked posted priced promoted
    raised received refinanced rented replaced reversed rolled scrapped secured sent shelved shipped shortened signed
    sold spent started suspended tapped told took trimmed won wrote
    """.split()
)
#: Behind such a word: what it is no deed with.
NO_OBJECTS = frozenset(
    "by from at in on after into for over to as with of through during under between before and or off up out was "
    "were is are had has".split()
)
#: What companies make or have, directly behind their names.
PRODUCTS = frozenset(
    """
    chips chip processors phones handsets laptops trucks pickups cars vehicles jets aircraft planes engines turbines
    tractors printers servers software drugs sneakers trainers cards ads app apps plant plants factory factories
    dealers researchers scientists stations shops suppliers
    """.split()
)
#: What no company makes or has, but fields, wars, spies, faith and nature do.
FOREIGN = frozenset(
    """
    crop crops maize corn rice wheat soy soya soybean soybeans cotton canola foods food foodstuffs produce salmon
    mosquito mosquitoes mosquitos organism organisms missile missiles warhead warheads silo silos temple temples statue
    statues goddess god gods myth myths legend legends shrine shrines altar cult briefing briefings assessment
    assessments dossier dossiers intercepts sharing gathering agencies pattern patterns stripe stripes motif motifs
    tribe tribes tribesmen rainforest river basin delta dolphins species fungus larvae orchard orchards tree trees
    blossom poem poems painting paintings
    """.split()
)
#: What comes before a deed, and before much else.
AUXILIARIES = frozenset("will would has had have is was are may might could can should does did".split())
#: Behind the name of an exchange or of its operator where an index is meant.
INDEX = frozenset(
    "composite index indexes indices 100 500 400 600 1000 2000 3000 50 40 225 average futures jones".split()
)
#: Trades and kinds of companies that stand directly before a name.
KINDS = frozenset(
    """
    retailer automaker carmaker chipmaker insurer lender bank airline brewer drugmaker planemaker miner company firm
    group giant parent unit subsidiary conglomerate operator supplier startup broker manufacturer maker rival rivals
    major developer distiller grocer utility telco supermarket chain owner competitor peer peers heavyweight biotech
    brokerage publisher broadcaster steelmaker truckmaker toymaker shipper carrier designer processor jeweller
    jeweler bookmaker builder homebuilder platform provider exchange insurers retailers chipmakers automakers
    airlines banks behemoth juggernaut contractor refiner producer restaurateur hotelier reseller wholesaler
    autobauer konzern versicherer groupe banco app search software fintech networker shares stock
    """.split()
)
#: What stands before "of", "in", "at", "by" or "for" and a company's name.
RELATIONS = frozenset(
    """
    shares share stock stake stakes ceo cfo chief executive president director unit subsidiary owner shareholders
    shareholder investors investor customers employees workers bid offer deal competitor competitors rival rivals
    supplier suppliers arm division chairman chair chairwoman founder cofounder boss management bonds notes position
    positions holding holdings acquisition takeover purchase analyst analysts spokesman spokeswoman parent engineer
    executives maker shorting long competition
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
    ceo cfo coo cto chief chairman chairwoman chair president executive vice founder cofounder director inc corp ltd
    plc class common series q1 q2 q3 q4 h1 h2 i the on in to and at of as for with after
    """.split()
)
#: Words that open a sentence and belong to no name behind them.
OPENERS = frozenset(
    """
    a an the and or but for nor yet so if as at by in on of to from with without into over under after before since
    until while when where why how what which who whose that than then though although because unless whether both
    either neither not only even just also still now here there meanwhile moreover however like unlike despite amid
    is are was were will would can could should may might must do does did has have had be being been it its his her
    their our your my this these those some any no every each all most many more other another such same such buy
    sell buying selling watch see take make let get one two three rival shares share stock stocks news brief update
    exclusive breaking analysis today yesterday monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec us u.s uk british american french german italian spanish japanese chinese korean dutch swiss
    swedish norwegian danish finnish canadian australian indian brazilian mexican russian european asian israeli
    """.split()
)
#: Words in capitals behind a name that make it the name of a place, a building or an institution.
VENUES = frozenset(
    """
    center centre stadium field arena park foundation institute university college school hospital museum county
    river street avenue road square island islands bay lake mount mountain valley cup championship championships
    prize award awards act party church cathedral court hall theatre theater bridge airport station rainforest basin
    forest desert beach hills heights village variant library chapel abbey castle tower
    """.split()
)
#: What happens to people, and to no company.
LIVES = frozenset("died dies born married marries wed resigned pleaded sang".split())
#: Between a name and a noun of the market: "Shell Q3 profit".
MODIFIERS = frozenset(
    "q1 q2 q3 q4 h1 h2 fy first second third fourth quarter quarterly annual full year half net adj adjusted operating "
    "record holiday fiscal core pretax preliminary".split()
)
#: Who people are to each other, before a name.
KINSHIP = frozenset(
    """
    daughter son wife husband sister brother mother father uncle aunt cousin nephew niece grandson granddaughter
    widow girlfriend boyfriend fiance fiancee twins baby actor actress singer rapper comedian novelist poet painter
    footballer golfer sprinter boxer swimmer goalkeeper striker midfielder quarterback
    """.split()
)
