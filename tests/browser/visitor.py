"""A visitor over plain HTTP: signs in as a role of the demo academy and follows links."""

from __future__ import annotations

import http.client
import re
import zlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

ROLES = (
    "officer",
    "hr",
    "learner",
    "trainer",
    "examiner",
    "panel1",
    "appeals",
    "me",
    "expert",
    "ministry_admin",
    "admin",
)
# Files, feeds and other people's pages: not pages of ours to look at.
LEFT_OUT = re.compile(
    r"^/(system|static|i18n|api)/|\.(pdf|xlsx|csv|json|ics|zip|txt|html)(\?|$)"
    r"|/(pdf|xlsx|csv|json|ics|zip|export|download|template|feed|evidence-file|proof)(/|$|\?)"
    r"|format=|/logout/|export="
)
MOST_PER_ROUTE = 2
MOST_PAGES = 140


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.assets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(str(given["href"]))
        if tag == "link" and given.get("rel") in ("stylesheet", "icon") and given.get("href"):
            self.assets.append(str(given["href"]))
        if tag in ("script", "img") and given.get("src"):
            self.assets.append(str(given["src"]))


@dataclass
class Page:
    """One answer, as it came over the wire."""

    path: str
    status: int
    weight: int
    text: str
    queries: int
    headers: dict[str, str]
    route: str = ""
    assets: list[str] = field(default_factory=list)


class Visitor:
    def __init__(self, port: int, *, language: str = "en") -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"language": language}

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *problem: object) -> None:
        self.connection.close()

    def get(self, path: str) -> Page:
        return self._send("GET", path)

    def post(self, path: str, **form: str) -> Page:
        form.setdefault("csrfmiddlewaretoken", self.cookies.get("csrftoken", ""))
        return self._send("POST", path, urlencode(form).encode())

    def _send(self, method: str, path: str, body: bytes | None = None) -> Page:
        headers = {
            "Accept-Encoding": "gzip",
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://127.0.0.1:{self.port}{path}"
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0].strip('"')
        sent = {name.lower(): value for name, value in answer.getheaders()}
        plain = zlib.decompress(content, 31) if sent.get("content-encoding") == "gzip" else content
        is_text = sent.get("content-type", "").startswith("text/html")
        return Page(
            path=path,
            status=answer.status,
            weight=len(content),
            text=plain.decode(errors="replace") if is_text else "",
            queries=int(sent.get("x-query-count", 0)),
            headers=sent,
        )

    def sign_in(self, role: str) -> None:
        self.get("/demo/")
        answer = self.post("/demo/", **{"as": role})
        assert answer.status == 302, f"{role}: {answer.status}"

    def crawl(self, *starts: str) -> list[Page]:
        """Pages reachable by links from ``starts``: at most two of each route."""
        waiting, seen = list(starts), set(starts)
        taken: dict[str, int] = {}
        pages: list[Page] = []
        while waiting and len(pages) < MOST_PAGES:
            path = waiting.pop(0)
            route = route_of(path)
            if not route or taken.get(route, 0) >= MOST_PER_ROUTE:
                continue
            taken[route] = taken.get(route, 0) + 1
            page = self.get(path)
            for _ in range(3):
                if page.status not in (301, 302):
                    break
                page = self.get(urlsplit(page.headers["location"]).path or "/")
            page.route = route
            pages.append(page)
            for link in links_of(page):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
        return pages


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return ""


def links_of(page: Page) -> list[str]:
    """Addresses of pages of ours in ``page``; notes its assets on the way."""
    parser = Links()
    parser.feed(page.text)
    page.assets = [urlsplit(urljoin(page.path, asset)).path for asset in parser.assets]
    found = []
    for link in parser.found:
        parts = urlsplit(urljoin(page.path, link))
        if parts.netloc or parts.scheme not in ("", "http") or not parts.path.startswith("/"):
            continue
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if not LEFT_OUT.search(address):
            found.append(address)
    return found
