"""The articles that come with the program."""

from importlib.resources import files

from worker.demo.script import FILE

SAMPLES = files("worker.demo").joinpath(FILE).read_text(encoding="utf-8")
