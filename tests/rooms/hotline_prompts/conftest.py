"""Each test has a folder of its own for sounds, and somebody who may record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.trust import an_employee
from walletdesk.trust.staff.public import EmployeeView


@pytest.fixture(autouse=True)
def sound_folder(settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "prompts"


@pytest.fixture
def editor(db) -> EmployeeView:
    return an_employee("editor", "words", name_zh="方舒", name_en="Fang Shu")
