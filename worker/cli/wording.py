"""Claims and numbers in words for people, on one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.model import Claim, Period, Quantity


def quantity_in_words(quantity: Quantity | None) -> str:
    """Say how much: `127`, `about 270`, `more than 100`, `24 or more (vague)`."""
    if quantity is None:
        return "no number"
    low, high = quantity.low, quantity.high
    match quantity.qualifier:
        case "exact":
            return str(low)
        case "about":
            return f"about {low}"
        case "at_least":
            return f"at least {low}"
        case "more_than":
            return f"more than {max(0, low - 1)}"
        case "up_to":
            return f"up to {high}"
        case "vague":
            return f"{low} or more (vague)" if high is None else f"{low} to {high} (vague)"


def period_in_words(period: Period | None) -> str:
    """Say when, in UTC, and how that was found."""
    if period is None:
        return "undated"
    return f"{period.start:%Y-%m-%d %H:%M} to {period.end:%Y-%m-%d %H:%M} UTC ({period.basis})"


def many(count: int, what: str) -> str:
    """Say how many: `1 claim`, `2 claims`."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def claim_in_words(claim: Claim, whole: int | None = None) -> str:
    """Say what a claim claims.

    Args:
        claim: the claim.
        whole: the number under which the claim is shown that this one is a part of.
    """
    where = ", ".join(claim.regions) if claim.regions else "whole front"
    scope = {"total": " together", "each": " each", "rest": " (the rest)", "affected": ""}[claim.scope]
    parts = [
        f"{claim.measure} {quantity_in_words(claim.quantity)}",
        claim.front,
        where + (scope if len(claim.regions) > 1 or claim.scope == "rest" else ""),
        period_in_words(claim.period),
        f"says {claim.source}",
    ]
    if claim.weapon != "drone":
        parts.insert(1, claim.weapon)
    if claim.status != "current":
        parts.append(claim.status)
    if whole is not None:
        parts.append(f"part of {whole}")
    return "; ".join(parts)
