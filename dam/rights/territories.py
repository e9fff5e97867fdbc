"""Territories of agreements: the countries of ISO 3166-1, and the world."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dam.errors import Malformed

WORLD = "world"

# Codes and names after the file iso3166.tab of the time zone database, which is public domain.
_COUNTRIES = """
AD Andorra, AE United Arab Emirates, AF Afghanistan, AG Antigua and Barbuda, AI Anguilla,
AL Albania, AM Armenia, AO Angola, AQ Antarctica, AR Argentina, AS American Samoa,
AT Austria, AU Australia, AW Aruba, AX Åland Islands, AZ Azerbaijan,
BA Bosnia and Herzegovina, BB Barbados, BD Bangladesh, BE Belgium, BF Burkina Faso,
BG Bulgaria, BH Bahrain, BI Burundi, BJ Benin, BL Saint Barthelemy, BM Bermuda, BN Brunei,
BO Bolivia, BQ Caribbean NL, BR Brazil, BS Bahamas, BT Bhutan, BV Bouvet Island, BW Botswana,
BY Belarus, BZ Belize, CA Canada, CC Cocos Islands, CD Democratic Republic of the Congo,
CF Central African Rep., CG Republic of the Congo, CH Switzerland, CI Côte d'Ivoire,
CK Cook Islands, CL Chile, CM Cameroon, CN China, CO Colombia, CR Costa Rica, CU Cuba,
CV Cape Verde, CW Curaçao, CX Christmas Island, CY Cyprus, CZ Czechia, DE Germany,
DJ Djibouti, DK Denmark, DM Dominica, DO Dominican Republic, DZ Algeria, EC Ecuador,
EE Estonia, EG Egypt, EH Western Sahara, ER Eritrea, ES Spain, ET Ethiopia, FI Finland,
FJ Fiji, FK Falkland Islands, FM Micronesia, FO Faroe Islands, FR France, GA Gabon,
GB United Kingdom, GD Grenada, GE Georgia, GF French Guiana, GG Guernsey, GH Ghana,
GI Gibraltar, GL Greenland, GM Gambia, GN Guinea, GP Guadeloupe, GQ Equatorial Guinea,
GR Greece, GS South Georgia and the South Sandwich Islands, GT Guatemala, GU Guam,
GW Guinea-Bissau, GY Guyana, HK Hong Kong, HM Heard Island and McDonald Islands, HN Honduras,
HR Croatia, HT Haiti, HU Hungary, ID Indonesia, IE Ireland, IL Israel, IM Isle of Man,
IN India, IO British Indian Ocean Territory, IQ Iraq, IR Iran, IS Iceland, IT Italy,
JE Jersey, JM Jamaica, JO Jordan, JP Japan, KE Kenya, KG Kyrgyzstan, KH Cambodia,
KI Kiribati, KM Comoros, KN Saint Kitts and Nevis, KP North Korea, KR South Korea, KW Kuwait,
KY Cayman Islands, KZ Kazakhstan, LA Laos, LB Lebanon, LC Saint Lucia, LI Liechtenstein,
LK Sri Lanka, LR Liberia, LS Lesotho, LT Lithuania, LU Luxembourg, LV Latvia, LY Libya,
MA Morocco, MC Monaco, MD Moldova, ME Montenegro, MF Saint Martin, MG Madagascar,
MH Marshall Islands, MK North Macedonia, ML Mali, MM Myanmar, MN Mongolia, MO Macau,
MP Northern Mariana Islands, MQ Martinique, MR Mauritania, MS Montserrat, MT Malta,
MU Mauritius, MV Maldives, MW Malawi, MX Mexico, MY Malaysia, MZ Mozambique, NA Namibia,
NC New Caledonia, NE Niger, NF Norfolk Island, NG Nigeria, NI Nicaragua, NL Netherlands,
NO Norway, NP Nepal, NR Nauru, NU Niue, NZ New Zealand, OM Oman, PA Panama, PE Peru,
PF French Polynesia, PG Papua New Guinea, PH Philippines, PK Pakistan, PL Poland,
PM Saint Pierre and Miquelon, PN Pitcairn, PR Puerto Rico, PS Palestine, PT Portugal,
PW Palau, PY Paraguay, QA Qatar, RE Réunion, RO Romania, RS Serbia, RU Russia, RW Rwanda,
SA Saudi Arabia, SB Solomon Islands, SC Seychelles, SD Sudan, SE Sweden, SG Singapore,
SH Saint Helena, SI Slovenia, SJ Svalbard and Jan Mayen, SK Slovakia, SL Sierra Leone,
SM San Marino, SN Senegal, SO Somalia, SR Suriname, SS South Sudan, ST Sao Tome and Principe,
SV El Salvador, SX Sint Maarten, SY Syria, SZ Eswatini, TC Turks and Caicos Islands, TD Chad,
TF French S. Terr., TG Togo, TH Thailand, TJ Tajikistan, TK Tokelau, TL East Timor,
TM Turkmenistan, TN Tunisia, TO Tonga, TR Türkiye, TT Trinidad and Tobago, TV Tuvalu,
TW Taiwan, TZ Tanzania, UA Ukraine, UG Uganda, UM US minor outlying islands,
US United States, UY Uruguay, UZ Uzbekistan, VA Vatican City, VC Saint Vincent, VE Venezuela,
VG British Virgin Islands, VI United States Virgin Islands, VN Vietnam, VU Vanuatu,
WF Wallis and Futuna, WS Samoa, YE Yemen, YT Mayotte, ZA South Africa, ZM Zambia,
ZW Zimbabwe
"""


class UnknownTerritory(Malformed):
    """The words name no country that is known here."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"“{written[:80]}” is no territory known here; write “world”, or countries such as "
            "Japan or JP, with commas between."
        )


TERRITORIES: Mapping[str, str] = MappingProxyType(
    {one[:2]: one[3:] for one in _COUNTRIES.replace("\n", " ").strip().split(", ")}
)
_BY_NAME: Mapping[str, str] = MappingProxyType(
    {name.casefold(): code for code, name in TERRITORIES.items()}
    | {
        "uk": "GB",
        "great britain": "GB",
        "usa": "US",
        "turkey": "TR",
        "czech republic": "CZ",
        "burma": "MM",
    }
)


def territory(written: str) -> str:
    """Return the code of a territory that is written as a code, a name or “world”.

    Raises:
        UnknownTerritory: it is none.
    """
    words = written.strip()
    if words.casefold() in {WORLD, "worldwide", "the world"}:
        return WORLD
    if words.upper() in TERRITORIES:
        return words.upper()
    found = _BY_NAME.get(words.casefold())
    if found is None:
        raise UnknownTerritory(words)
    return found


def territory_name(code: str) -> str:
    """Return the name of a territory for people."""
    return "the world" if code == WORLD else TERRITORIES.get(code, code)


def covered(wanted: str, granted: Iterable[str]) -> bool:
    """Say whether *wanted* lies in what was granted; the world lies in the world alone."""
    known = frozenset(granted)
    return WORLD in known or wanted in known


def overlap(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two sets of territories share any ground."""
    first, second = frozenset(one), frozenset(other)
    if not first or not second:
        return False
    return WORLD in first or WORLD in second or bool(first & second)
