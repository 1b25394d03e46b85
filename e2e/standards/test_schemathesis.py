"""The interfaces by their own description: schemathesis asks whatever the document allows, and what it does not.

Nothing may answer 5xx, with a status or a media type that is not described, or with a body of another shape.
"""

import subprocess
import sys

import pytest

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
]


# A program that ends its own key is a stranger from then on: ending keys is asked with a key of its own.
ENDS_KEYS = "/api/v1/account/tokens/{id}"
# A coordinator's work, which an administrator has no right to: asked by the stranger only.
COORDINATORS = "/survey/office/|/survey/rounds/[^/]+/assignments"


def ask(city, folder, *more, key=None):
    words = [sys.executable, "-m", "schemathesis.cli", "run", city + "/api/openapi.json", "--no-color", "--mode", "all"]
    words += ["--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure"]
    words += ["--max-examples", "60", "--seed", "120", "--workers", "2", "--generation-database", "none"]
    words += ["--request-timeout", "20", *more]
    if key:
        words += ["--header", f"Authorization: Bearer {key}"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=170, cwd=folder)
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-4000:]
    return done.stdout


def test_every_answer_to_a_stranger_is_described(open_city, tmp_path):
    said = ask(open_city.address, tmp_path)
    assert "401 Unauthorized" in said and "POST /api/v1/people/roles" in said


def test_every_answer_to_an_administrators_program_is_described(open_city, tmp_path):
    said = ask(open_city.address, tmp_path, "--exclude-path", ENDS_KEYS, "--exclude-path-regex", COORDINATORS, key=open_city.token())
    assert "Authentication failed" not in said, said


def test_every_answer_to_a_program_that_ends_keys_is_described(open_city, tmp_path):
    ask(open_city.address, tmp_path, "--include-path", ENDS_KEYS, key=open_city.token())
