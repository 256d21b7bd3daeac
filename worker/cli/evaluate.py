"""`evaluate`: how well extraction agrees with labelled articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.faults import Fault, examples
from worker.cli.lines import INPUT, Complaints, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worker.extract.evaluate import Case, Difference, Evaluation
    from worker.model import Article


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
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
@click.pass_context
def evaluate(ctx: click.Context, articles: str, gold: str, misses: bool, as_json: bool) -> None:
    """Compare what is extracted from articles with what a careful reader labelled.

    Two levels: `value` is measure and number; `full` is also attacker, regions and status. Articles without labels
    and labels without an article are left out.
    """
    from worker.cli.languages import load_languages
    from worker.extract.evaluate import evaluate as compare

    load_languages()
    complaints = Complaints()
    labelled = {label.get("id") or label.get("article_id"): label for label in _labels(gold, complaints)}
    evaluation = compare(_cases(_articles(articles, complaints), labelled))
    if not evaluation.scores:
        raise Fault("no article has labels: do the ids fit?")
    if as_json:
        _print_json(evaluation, misses)
    else:
        _print_table(evaluation, misses)
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


def _cases(articles: Iterable[Article], labelled: dict[Any, dict[str, Any]]) -> Iterator[Case]:
    from worker.extract import extract
    from worker.extract.evaluate import Case, labels

    for article in articles:
        label = labelled.get(article.id)
        if label is None:
            continue
        try:
            wanted = labels(label)
        except (KeyError, TypeError, AttributeError) as error:
            raise Fault(f"labels of {article.id} can't be read: {type(error).__name__}: {error}") from None
        claims = extract(article)
        yield Case(
            article_id=article.id,
            language=label.get("language") or article.language or claims.language,
            claims=claims.claims,
            labels=wanted,
        )


def _print_table(evaluation: Evaluation, misses: bool) -> None:
    from worker.cli.columns import columns

    rows = [
        (level, group, f"{x.precision:.3f}", f"{x.recall:.3f}", f"{x.f1:.3f}", x.right, x.wrong, x.missed)
        for (level, group), x in sorted(evaluation.scores.items(), key=_all_first)
    ]
    for line in columns(("LEVEL", "GROUP", "PRECISION", "RECALL", "F1", "RIGHT", "WRONG", "MISSED"), rows):
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


def _print_json(evaluation: Evaluation, misses: bool) -> None:
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
    if not misses:
        return
    for kind, found in (("missed", evaluation.misses), ("wrong", evaluation.false_claims)):
        for difference in found:
            said = difference.statement
            told = {"measure": said.measure, "number": said.number, "attacker": said.attacker, "words": said.text}
            where = {"level": difference.level, "article_id": difference.article_id, "regions": sorted(said.regions)}
            click.echo(to_json({kind: told | where}))


def _all_first(score: tuple[tuple[str, str], object]) -> tuple[str, bool, str]:
    (level, group), _ = score
    return level, group != "all", group
