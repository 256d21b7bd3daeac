"""`evaluate`: how well extraction agrees with labelled articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.faults import Fault, examples
from worker.cli.lines import INPUT, Complaints, lines
from worker.cli.zones import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worker.extract.evaluation.evaluate import Case, Difference, Evaluation
    from worker.extract.evaluation.particulars import Labelled, Particular, Share
    from worker.model import Article

    Shares = dict[tuple[Particular, str], Share]


@click.command(
    short_help="Precision, recall and F1 on labelled articles.",
    epilog=examples(
        "drone-tally evaluate --articles articles.jsonl --gold gold.jsonl",
        "drone-tally evaluate --articles articles.jsonl --gold gold.jsonl --misses --json",
    ),
)
@click.option("--articles", required=True, type=INPUT, help="Articles as JSON lines.")
@click.option("--gold", required=True, type=INPUT, help='Their labels as JSON lines, {"id": …, "claims": […]}.')
@click.option("--misses", is_flag=True, help="List what was missed and what was claimed wrongly.")
@click.option("--zone", type=ZONE, default="Europe/Kyiv", show_default=True, help="IANA time zone of the days.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
@click.pass_context
def evaluate(ctx: click.Context, articles: str, gold: str, misses: bool, zone: str, as_json: bool) -> None:
    """Compare what is extracted from articles with what a careful reader labelled.

    Two levels: `value` is measure and number; `full` is also attacker, regions and status. Then shares: operational
    days and wholes that are right of the claims found, spans that hold their number, texts rightly held for relevant.
    Articles without labels and labels without an article are left out.
    """
    from worker.cli.languages import load_languages
    from worker.extract.evaluation.evaluate import evaluate as compare
    from worker.extract.evaluation.particulars import particulars

    load_languages()
    complaints = Complaints()
    labelled = {label.get("id") or label.get("article_id"): label for label in _labels(gold, complaints)}
    texts = list(_texts(_articles(articles, complaints), labelled))
    evaluation = compare(_cases(texts))
    if not evaluation.scores:
        raise Fault("no article has labels: do the ids fit?")
    try:
        shares = particulars(texts, zone)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"periods or parts of the labels can't be read: {type(error).__name__}: {error}") from None
    if as_json:
        _print_json(evaluation, shares, misses)
    else:
        _print_table(evaluation, shares, misses)
    ctx.exit(1 if complaints.count else 0)


def _labels(gold: str, complaints: Complaints) -> Iterator[dict[str, Any]]:
    import orjson

    from worker.codec import MAX_BYTES, MessageError

    for number, line in lines(gold, MAX_BYTES):
        try:
            label = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            complaints.add(number, MessageError("not_json", str(error)))
            continue
        if isinstance(label, dict):
            yield label
        else:
            complaints.add(number, MessageError("not_an_object", "a line of labels is an object"))


def _articles(articles: str, complaints: Complaints) -> Iterator[Article]:
    from worker.codec import MAX_BYTES, MessageError, decode_article

    for number, line in lines(articles, MAX_BYTES):
        try:
            yield decode_article(line)
        except MessageError as error:
            complaints.add(number, error)


def _texts(articles: Iterable[Article], labelled: dict[Any, dict[str, Any]]) -> Iterator[Labelled]:
    from worker.extract import extract
    from worker.extract.evaluation.particulars import Labelled

    for article in articles:
        raw = labelled.get(article.id)
        if raw is None:
            continue
        found = extract(article)
        language = raw.get("language") or article.language or found.language
        yield Labelled(article=article, language=language, found=found, raw=raw)


def _cases(texts: Iterable[Labelled]) -> Iterator[Case]:
    from worker.extract.evaluation.evaluate import Case, labels

    for text in texts:
        try:
            wanted = labels(text.raw)
        except (KeyError, TypeError, AttributeError) as error:
            raise Fault(f"labels of {text.article.id} can't be read: {type(error).__name__}: {error}") from None
        yield Case(article_id=text.article.id, language=text.language, claims=text.found.claims, labels=wanted)


def _print_table(evaluation: Evaluation, shares: Shares, misses: bool) -> None:
    from worker.cli.columns import columns

    rows = [
        (level, group, f"{x.precision:.3f}", f"{x.recall:.3f}", f"{x.f1:.3f}", x.right, x.wrong, x.missed)
        for (level, group), x in sorted(evaluation.scores.items(), key=_all_first)
    ]
    for line in columns(("LEVEL", "GROUP", "PRECISION", "RECALL", "F1", "RIGHT", "WRONG", "MISSED"), rows):
        click.echo(line)
    click.echo()
    told = [
        (kind, group, f"{x.ratio:.3f}", x.right, x.of) for (kind, group), x in sorted(shares.items(), key=_all_first)
    ]
    for line in columns(("RIGHT", "GROUP", "SHARE", "RIGHT", "OF"), told):
        click.echo(line)
    if not misses:
        return
    click.echo()
    kinds = (("missed", evaluation.misses), ("wrong", evaluation.false_claims))
    differences = [
        (kind, difference.level, difference.article_id, *_said(difference))
        for kind, found in kinds
        for difference in found
    ]
    for line in columns(("", "LEVEL", "ARTICLE", "MEASURE", "NUMBER", "ATTACKER", "REGIONS", "WORDS"), differences):
        click.echo(line)


def _said(difference: Difference) -> tuple[object, ...]:
    said = difference.statement
    return said.measure, said.number, said.attacker, ",".join(sorted(said.regions)), said.text


def _print_json(evaluation: Evaluation, shares: Shares, misses: bool) -> None:
    from worker.cli.data import harmless
    from worker.codec import to_json

    for (level, group), score in sorted(evaluation.scores.items(), key=_all_first):
        numbers = {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "right": score.right,
            "wrong": score.wrong,
            "missed": score.missed,
        }
        click.echo(to_json({"level": level, "group": group, **numbers}))
    for (particular, group), share in sorted(shares.items(), key=_all_first):
        told = {"share": round(share.ratio, 4), "right": share.right, "of": share.of}
        click.echo(to_json({"particular": particular, "group": group, **told}))
    if not misses:
        return
    for kind, found in (("missed", evaluation.misses), ("wrong", evaluation.false_claims)):
        for difference in found:
            said = difference.statement
            words = {"measure": said.measure, "number": said.number, "attacker": said.attacker, "words": said.text}
            where = {"level": difference.level, "article_id": difference.article_id, "regions": sorted(said.regions)}
            click.echo(harmless(to_json({kind: words | where})))


def _all_first(score: tuple[tuple[str, str], object]) -> tuple[str, bool, str]:
    (level, group), _ = score
    return level, group != "all", group
