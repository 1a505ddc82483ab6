"""What short forms stand for in English, as data."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "prof": "professor", "sr": "senior", "jr": "junior",
    "st": "saint", "mt": "mount", "ft": "fort", "gen": "general", "col": "colonel", "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant", "gov": "governor", "sen": "senator", "rep": "representative", "rev": "reverend",
    "hon": "honorable",
    "maj": "major", "adm": "admiral", "cmdr": "commander", "pres": "president", "fr": "father", "messrs": "messieurs",
}  # fmt: skip
"""Stand before a name, with a capital letter."""

NUMBERED = {
    "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "vol": "volume", "vols": "volumes", "ch": "chapter",
    "fig": "figure", "figs": "figures", "art": "article", "sec": "section", "eq": "equation", "op": "opus",
    "ver": "version",
    "ca": "circa", "c": "circa", "par": "paragraph", "ext": "extension", "apt": "apartment", "rm": "room",
}  # fmt: skip
"""Stand before a number."""

DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
"""With a capital letter; `sat` and `sun` are words."""

ABBREVIATIONS = {
    "vs": "versus", "etc": "et cetera", "e.g": "for example", "i.e": "that is", "approx": "approximately",
    "cf": "compare",
    "dept": "department", "inc": "incorporated", "ltd": "limited", "corp": "corporation", "co": "company",
    "bros": "brothers",
    "ave": "avenue", "blvd": "boulevard", "rd": "road", "hwy": "highway", "ln": "lane", "sq": "square",
    "est": "established",
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
    "al": "al", "esp": "especially", "govt": "government", "assn": "association", "univ": "university",
    "max": "maximum",
    "min": "minimum", "avg": "average", "intl": "international", "natl": "national", "tel": "telephone",
    "misc": "miscellaneous",
}  # fmt: skip
"""Read so only with a full stop after them."""
CAPITALS = _words("jan feb mar apr jun jul aug sep sept oct nov dec est")
"""Of these, words of their own unless written with a capital letter."""

WITHOUT_STOP = _words("mr mrs ms dr prof vs etc jr sr")
"""Short forms that need no full stop to be known."""
ENDS = _words("no etc a.m p.m co inc ltd corp bros ave blvd rd al")
"""After these a full stop may end the sentence as well."""
WITH_SLASH = {"w/": "with", "w/o": "without", "b/c": "because", "c/o": "care of", "and/or": "and or",
    "24/7": "twenty-four seven",
              "9/11": "nine eleven", "km/h": "kilometers per hour"}  # fmt: skip

SYMBOLS = {
    "&": "and", "+": "plus", "@": "at", "=": "equals", "%": "percent", "×": "times", "÷": "divided by", "#": "number",
    "<": "less than", ">": "greater than", "~": "about", "°": "degrees", "$": "dollars", "€": "euros", "£": "pounds",
    "±": "plus or minus", "≈": "is about", "≤": "is at most", "≥": "is at least", "≠": "is not equal to", "→": "to",
    "√": "square root of", "π": "pi", "∞": "infinity", "§": "section", "©": "copyright", "№": "number", "−": "minus",
    "^": "to the power of", "*": "times", "‰": "per mille",
}  # fmt: skip
SILENT = frozenset("^*~<>→−")
"""Said between figures only; elsewhere they are ornament."""
ADDRESS = {".": "dot", "/": "slash", "-": "dash", "_": "underscore", "@": "at", ":": "colon", "?": "question mark",
           "=": "equals", "&": "and", "#": "hash", "+": "plus", "~": "tilde", "%": "percent"}  # fmt: skip
NAMES = {"wwi": "World War one", "wwii": "World War two", "ww2": "World War two", "480p": "four eighty P",
         "720p": "seven twenty P", "1080p": "ten eighty P", "1440p": "fourteen forty P", "2160p": "twenty-one sixty P",
         "50/50": "fifty fifty", "c++": "C plus plus", "c#": "C sharp", "f#": "F sharp", ".net": "dot net",
         "node.js": "node J S",
    "wi-fi": "why fie",
         "wifi": "why fie"}  # fmt: skip

LETTERS = {"A": "eigh"}
"""Names of letters that a voice would take for words: a lone A is read as the article."""

SPELLED = _words(
    "CIA CPU GPU ISO UEFA FIFA ACLU UCLA SUV EOF ETA FAQ DIY IOU USA UAE NBA USB USD EUR AI API CEO CFO CTO COO EU UK "
    "UN US UFO VIP IP ID IT OK OS UI UX URL IQ AC AD AM PM OECD IEEE IETF"
)
"""Said letter by letter although they could be read as words. Of up to three letters, all are but for `SAID`."""

SAID = _words(
    "AIDS ZIP PIN SIM GIF LAN RAM ROM NASA NATO AND ANY ARE ALL ASK BAD BIG BUT BUY CAN CAR CUT DAD DAY DID DIE "
    "DO DOG DON "
    "EAT END EYE FAR FEW FIX FOR FUN GET GO GOD GOT GUN GUY HAD HAS HAT HE HER HEY HIM HIS HIT HOT HOW I IF IN "
    "IS ITS JOB "
    "JOY KEY KID LAW LET LIE LOT LOW MAN MAP MAY ME MEN MET MOM MY NEW NO NOR NOT NOW ODD OF OFF OH OLD ON ONE "
    "OR OUR OUT "
    "OWN PAY PUT RAN RED RUN SAD SAW SAY SEA SEE SET SHE SIT SIX SKY SO SON SUN TEN THE TO TOO TOP TRY TWO UP "
    "USE WAR WAS "
    "WAY WE WET WHY WIN WON WOW YES YET YOU BE BY AT AS AN A MAX BAR COP FAN HOP LOL NUN PEP POP RAP TAG BAN WEB HUB "
    "BOX TAX AGE AIR ART ICE ILL OIL EAR AGO ADD ACT AIM ARM ASH AWE EGG ELF EVE EGO HUG HUE HID HEN INK LAB "
    "LAD LAP LED "
    "LEG LID LIP LOG MAD MUD NET NOD NUT OAK OWE PAN PEN PET PIG PIT POT RAT RAW RIB ROB ROD ROW RUB SIP TAP "
    "TEA TIE TIN TIP "
    "TOE TON TOY VAN WAX ZOO"
)
"""Said as words although they are short and all capitals."""

WORDS_WHEN_SHOUTED = frozenset({"AD", "AM", "IT", "US"})
"""Words, not short forms, in a sentence of capitals only: LET US GO."""

COUNTED_NOUNS = _words(
    "chapter part volume vol book war act scene phase type section article title figure table episode season "
    "grade class "
    "level step round game stage apollo rocky bowl appendix canto stanza verse annex protocol schedule lesson "
    "unit factor"
)
"""A Roman numeral after these counts (World War two)."""
REGNAL = _words(
    "henry louis elizabeth charles george edward richard william james john paul pius benedict gregory leo innocent "
    "clement urban alexander nicholas catherine peter frederick friedrich wilhelm philip felipe ferdinand "
    "francis alfonso "
    "juan carlos otto rudolf leopold maximilian joseph ludwig gustav gustavus adolphus christian haakon olav "
    "harald oscar "
    "ramses ramesses thutmose amenhotep ptolemy cleopatra darius xerxes artaxerxes cyrus seti mary anne "
    "victoria napoleon "
    "constantine justinian basil theodore theodosius ivan boris bela stephen sigismund casimir vladislav "
    "wenceslas albert "
    "baldwin mehmed murad selim suleiman bayezid mahmud abdul hamid rama pedro afonso manuel umberto victor "
    "emmanuel amadeus "
    "margaret margrethe beatrix juliana sixtus boniface celestine adrian julius martin eugene callixtus pepin "
    "lothair robert "
    "david malcolm kenneth donald akbar shah montezuma moctezuma tutankhamun psamtik nebuchadnezzar tiglath "
    "ashurnasirpal "
    "carl karl erik eric vasa hussein abdullah mohammed muhammad hassan faisal farouk fuad menelik haile"
)
"""After the name of a monarch it orders (Henry the eighth); after other names it counts (Rocky four)."""
