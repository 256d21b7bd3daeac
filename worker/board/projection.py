"""From degrees to the plane of the map: Albers' conic projection, which keeps areas comparable.

Source: J. P. Snyder, Map Projections: A Working Manual, U.S. Geological Survey Professional Paper 1395, p. 100.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt

_RADIUS = 3000.0  # units; one is about two kilometres, so that whole numbers are fine enough for a screen
_MERIDIAN = 38.0  # upright between Kyiv and Moscow; the Far East bends away, as it does on a globe
_ORIGIN, _SOUTH, _NORTH = 52.0, radians(46.0), radians(64.0)

_N = (sin(_SOUTH) + sin(_NORTH)) / 2
_C = cos(_SOUTH) ** 2 + 2 * _N * sin(_SOUTH)


def _rho(latitude: float) -> float:
    return _RADIUS * sqrt(_C - 2 * _N * sin(radians(latitude))) / _N


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x (to the east) and y (to the south) of a point given in degrees, in units of the map."""
    theta = _N * radians((longitude - _MERIDIAN + 180.0) % 360.0 - 180.0)
    rho = _rho(latitude)
    return rho * sin(theta), rho * cos(theta) - _rho(_ORIGIN)
