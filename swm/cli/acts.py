"""`swm advance` and `swm serve`: the state moves on; a paper reaches the enterprise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.acting import questions_for
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.files import digest
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Question
from swm.domain import service, workflow
from swm.domain.records import SERVICE_METHODS
from swm.domain.service import ServeRequest
from swm.domain.workflow import AdvanceRequest
from swm.render import terminal
from swm.render.text import visible

if TYPE_CHECKING:
    from swm.domain.policy import Policy
