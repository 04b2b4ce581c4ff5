"""The page that changes how the site looks, and what makes the site an application of its own."""

from __future__ import annotations

import json
import re

from starlette.testclient import TestClient

from readout.present.web.assets import assets

_TOKEN = re.compile(r'name="token" value="([^"]+)"')


def _send(client: TestClient, **fields: str) -> tuple[int, str, str]:
    token = _TOKEN.search(client.get("/look").text)
    assert token
    answer = client.post("/look", data={"token": token[1], **fields}, headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def test_what_is_chosen_marks_every_page_after(client: TestClient) -> None:
    assert _send(client, theme="dark", size="large", zone="Asia/Tokyo")[:2] == (303, "/look?saved=yes")
    shown = client.get("/").text
    assert 'class="theme-dark contrast-auto size-large"' in shown
    assert 'data-zone="Asia/Tokyo"' in shown
    assert '<meta name="color-scheme" content="dark">' in shown


def test_a_zone_nobody_knows_is_told_beside_the_field_with_the_rest_kept(client: TestClient) -> None:
    status, _, text = _send(client, theme="dark", zone="Europe/Nowhere")
    assert status == 422
    assert 'value="Europe/Nowhere"' in text
    assert 'role="alert"' in text
    assert re.search(r'value="dark" checked', text)


def test_a_broken_cookie_is_no_cookie(client: TestClient) -> None:
    client.cookies.set("look", 'theme=%22%3E%3Cscript&zone="x')
    assert 'class="theme-auto contrast-auto size-normal"' in client.get("/").text


def test_the_manifest_names_files_that_there_are(client: TestClient) -> None:
    told = json.loads(client.get("/manifest.webmanifest").text)
    assert told["start_url"] == told["scope"] == "/"
    for icon in told["icons"]:
        assert client.get(icon["src"]).headers["content-type"] == icon["type"]


def test_the_worker_changes_with_what_every_page_needs(client: TestClient) -> None:
    answer = client.get("/sw.js")
    first = answer.text.partition("\n")[0]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert assets()["style.css"].name in first
    assert client.get("/offline").status_code == 200
    assert '"/offline?unsent=yes"' in first
    assert "it was not sent" in client.get("/offline?unsent=yes").text
    assert client.get("/offline?unsent=1").status_code == 400
