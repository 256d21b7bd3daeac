"""Schemas in a Confluent schema registry: under which number each published topic's is known there.

The worker only asks; `drone-tally schemas register` is run by somebody who may write.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker import codec
from worker.connection import ConfigurationError, UnavailableError
from worker.model import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from confluent_kafka.schema_registry import (
        RegisteredSchema,
        Schema,
        SchemaRegistryClient,
        SchemaRegistryError,
    )

    from worker.settings import Settings

_PACKED = Path(__file__).parent / "schemas"
_FOLDER = _PACKED if _PACKED.is_dir() else Path(__file__).parents[1] / "schemas"  # installed, or in the repository
_ROLES = {
    "claims": "claims_topic",
    "tallies-day": "day_topic",
    "tallies-week": "week_topic",
    "conflicts": "conflicts_topic",
}
_NOT_FOUND = 404
_REFUSED = (401, 403)
_SERVER_FAULT = 500


class Subject(Struct, frozen=True):
    """What a registry should know of one topic; `version` and `schema_id` None: it does not."""

    topic: str
    name: str
    schema: str
    version: int | None = None
    schema_id: int | None = None


def frames(settings: Settings) -> dict[str, bytes]:
    """Find what is put before the values of each topic; nothing where values are plain JSON.

    Raises:
        ConfigurationError: a schema is not registered, or the registry refuses us.
        UnavailableError: the registry does not answer.
    """
    if settings.wire_format == "json":
        return {}
    found = subjects(settings)
    for subject in found:
        if subject.schema_id is None:
            raise ConfigurationError(
                f"the registry does not know the schema of {subject.topic} under {subject.name};"
                " register it with `drone-tally schemas register`"
            )
    return {subject.topic: codec.frame(subject.schema_id) for subject in found if subject.schema_id is not None}


def subjects(settings: Settings) -> list[Subject]:
    """Look the schemas of all published topics up.

    Raises:
        ConfigurationError: the registry refuses us, or there is none in the settings.
        UnavailableError: the registry does not answer.
    """
    return _each(settings, lambda client, name, schema: client.lookup_schema(name, schema))


def register(settings: Settings) -> list[Subject]:
    """Register the schemas of all published topics; those that are there stay as they are.

    Raises:
        ConfigurationError: the registry refuses us or a schema, or there is none in the settings.
        UnavailableError: the registry does not answer.
    """
    return _each(settings, lambda client, name, schema: client.register_schema_full_response(name, schema))


def _each(settings: Settings, ask: Callable[[SchemaRegistryClient, str, Schema], RegisteredSchema]) -> list[Subject]:
    try:
        from confluent_kafka.schema_registry import Schema, SchemaRegistryClient, SchemaRegistryError
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"a schema registry needs the package {error.name}; install drone-tally[registry]"
        ) from None
    if settings.schema_registry_url is None:
        raise ConfigurationError("no schema registry; set DRONETALLY_SCHEMA_REGISTRY_URL")
    wanted = _wanted(settings)
    found = []
    try:
        asking = SchemaRegistryClient(_options(settings))
    except Exception as error:  # of its HTTP library, or of the TLS that this sets up
        raise ConfigurationError(
            f"the schema registry at {settings.schema_registry_url} can't be asked ({type(error).__name__});"
            " check schema_registry_url and tls_ca_file"
        ) from None
    with asking as client:
        for subject in wanted:
            try:
                known = ask(client, subject.name, Schema(subject.schema, "JSON"))
            except SchemaRegistryError as error:
                if error.http_status_code != _NOT_FOUND:
                    raise _refusal(subject, error) from None
                found.append(subject)
            except Exception as error:  # of its HTTP library, which differs between versions
                raise UnavailableError(
                    f"the schema registry at {settings.schema_registry_url} does not answer ({type(error).__name__})"
                ) from None
            else:
                found.append(
                    Subject(
                        topic=subject.topic,
                        name=subject.name,
                        schema=subject.schema,
                        version=known.version,
                        schema_id=known.schema_id,
                    )
                )
    return found


def _wanted(settings: Settings) -> list[Subject]:
    table = tomllib.loads((_FOLDER / "topics.toml").read_text(encoding="utf-8"))
    versions = {topic["role"]: topic["value"] for topic in table.values()}
    return [
        Subject(
            topic=(topic := str(getattr(settings, setting))),
            name=f"{topic}-value",
            schema=(_FOLDER / versions[role]).read_text(encoding="utf-8"),
        )
        for role, setting in _ROLES.items()
    ]


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "url": settings.schema_registry_url,
        "timeout": settings.start_timeout,
        "max.retries": 0,  # whoever runs the worker starts it again
    }
    if settings.schema_registry_password is not None:
        password = settings.schema_registry_password.get_secret_value()
        options["basic.auth.user.info"] = f"{settings.schema_registry_username}:{password}"
    if settings.tls_ca_file is not None:
        options["ssl.ca.location"] = str(settings.tls_ca_file)
    return options


def _refusal(subject: Subject, error: SchemaRegistryError) -> ConfigurationError | UnavailableError:
    said = " ".join(str(error.error_message).split())[:200]
    if error.http_status_code in _REFUSED:
        return ConfigurationError(f"the schema registry refuses us at {subject.name}: {said}; check user and rights")
    if error.http_status_code >= _SERVER_FAULT:
        return UnavailableError(f"the schema registry failed at {subject.name}: {said}")
    return ConfigurationError(f"the schema registry does not take the schema of {subject.name}: {said}")
