"""`config`: every setting, its source, and no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.programs import run
from worker.cli.config import settings_table, source_of
from worker.settings import SECRETS, Settings

SASL = {
    "DRONETALLY_SECURITY_PROTOCOL": "SASL_SSL",
    "DRONETALLY_SASL_USERNAME": "tally",
    "DRONETALLY_SASL_PASSWORD": "hunter2",
}


@pytest.mark.parametrize("form", ["table", "env", "json"])
def test_no_form_shows_a_secret(form: str, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse")
    for settings in (SASL, SASL | {"DRONETALLY_SASL_PASSWORD": "", "DRONETALLY_SASL_PASSWORD_FILE": str(secret)}):
        done = run("config", "show", "--format", form, settings=settings)
        assert done.returncode == 0, done.stderr
        assert "hunter2" not in done.stdout + done.stderr
        assert "correct horse" not in done.stdout + done.stderr
        assert "********" in done.stdout


def test_json_tells_value_default_and_source() -> None:
    shown = json.loads(run("config", "show", "--format", "json", settings={"DRONETALLY_ZONE": "UTC"}).stdout)
    assert set(shown) == set(Settings.model_fields)
    assert shown["zone"] == {"value": "UTC", "default": "Europe/Kyiv", "source": "environment"}
    assert shown["partitions"] == {"value": 4, "default": 4, "source": "default"}


def test_env_form_can_be_read_back() -> None:
    settings = {"DRONETALLY_ZONE": "UTC", "DRONETALLY_PARTITIONS": "8", "DRONETALLY_ALLOW_SASL_WITHOUT_TLS": "true"}
    shown = run("config", "show", "--format", "env", settings=settings).stdout
    assert dict(line.split("=", 1) for line in shown.splitlines()) == settings


def test_secrets_know_when_they_come_from_a_file() -> None:
    for name in SECRETS:
        variable = f"DRONETALLY_{name.upper()}"
        assert source_of(name, {}) == "default"
        assert source_of(name, {variable: "x"}) == "environment"
        assert source_of(name, {f"{variable}_FILE": "x"}) == "file"


def test_docs_prints_that_table() -> None:
    printed = run("config", "docs").stdout
    assert printed == settings_table()
    assert len(printed.splitlines()) == len(Settings.model_fields) + 2
