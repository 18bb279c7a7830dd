"""The application: what is asked at which address, and how refusals are answered."""

from __future__ import annotations

import json
import mimetypes
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from knooppunt.errors import KnooppuntError
from knooppunt.review import reading
from knooppunt.review.documents import Documents
from knooppunt.review.figures_routes import FigurePages
from knooppunt.review.security import FRAME_POLICY, Guard, TooLarge
from knooppunt.reviewing.model import ReviewError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from knooppunt.review.security import Door
    from knooppunt.reviewing import Session

STATUS: Final = {
    "invalid": 400,
    "two-people": 403,
    "unknown": 404,
    "conflict": 409,
    "changed": 409,
    "broken": 409,
    "gone": 410,
    "refused": 422,
    "pattern": 422,
}
"""Status by the code of a ReviewError."""
_STATIC: Final = (".js", ".css", ".svg", ".png", ".ico", ".json", ".woff2")
_MAIN: Final = "page.html"

Answer = dict[str, Any]


@dataclass(frozen=True)
class Pages:
    """The files of the page, read from an allow-list that is made at the start."""

    template: jinja2.Template
    static: Mapping[str, tuple[bytes, str]]

    @classmethod
    @cache
    def load(cls) -> Pages:
        """All files of `review/page/`; what is asked for by another name does not exist."""
        static: dict[str, tuple[bytes, str]] = {}
        main = ""
        for item in files("knooppunt.review").joinpath("page").iterdir():
            if item.name == _MAIN:
                main = item.read_text("utf-8")
            elif item.name.endswith(_STATIC):
                kind = mimetypes.guess_type(item.name)[0] or "application/octet-stream"
                kind = "text/javascript" if item.name.endswith(".js") else kind
                static[item.name] = (item.read_bytes(), kind)
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        return cls(environment.from_string(main), static)


class Review:
    """Answers requests with a session."""

    def __init__(self, session: Session, door: Door) -> None:
        self.session = session
        self.door = door
        self.pages = Pages.load()
        self.documents = Documents(session)
        self.figures = FigurePages(session, door)

    def routes(self) -> list[Route]:
        """All addresses."""
        asked: dict[str, Callable[[Mapping[str, str]], Answer]] = {
            "session": lambda _: self.session.overview(),
            "queue": self._queue,
            "segment": lambda query: self.session.segment(reading.ref(dict(query))),
            "history": lambda query: {"history": self.session.history(reading.ref(dict(query)))},
            "concordance": lambda query: self.session.concordance(
                reading.text(query, "locale", most=40), reading.text(query, "q", most=1000)
            ),
            **self.figures.asked,
        }
        sent: dict[str, Callable[[Answer, str], Answer]] = {
            "check": self._check,
            "save": lambda body, etag: self.session.save(reading.submission(body, etag)),
            "comment": lambda body, etag: self.session.comment(
                reading.ref(body.get("ref")), etag, reading.prose(body, "text")
            ),
            "undo": lambda body, _: self.session.undo(reading.text(body, "undo", most=40)),
            "bulk/preview": lambda body, _: self.session.bulk.preview(reading.order(body)),
            "bulk/apply": lambda body, _: self.session.bulk.apply(reading.text(body, "plan", most=40)),
            **self.figures.sent,
        }
        return [
            Route("/", self.home),
            Route("/static/{name}", self.static),
            Route("/preview", self.preview),
            Route("/explain/{check}", self.explain),
            Route("/asset", self.asset),
            *self.figures.routes,
            *(Route(f"/api/{name}", _asking(answer)) for name, answer in asked.items()),
            *(Route(f"/api/{name}", _sending(answer), methods=["POST"]) for name, answer in sent.items()),
        ]

    # Pages -----------------------------------------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        """The page; with the token of the link, the cookie first."""
        given = request.query_params.get("token")
        if given is None:
            if not self.door.knows_cookie("; ".join(request.headers.getlist("cookie"))):  # the page has the token in it
                return _refusal(403, "token", "open the link that 'knooppunt review' has printed")
            name = str(self.session.project.mkdocs.get("site_name") or self.session.project.settings.root.name)
            return HTMLResponse(self.pages.template.render(token=self.door.token, project=name))
        if not self.door.knows_token(given):
            return _refusal(403, "token", "the link is of another start of the server; open the one printed last")
        if request.headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
            response: Response = RedirectResponse("/", 303)
        else:  # a link on another page: the browser would not send the new cookie along with a redirect
            response = HTMLResponse('<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>…</title>')
        response.set_cookie(self.door.name, self.door.cookie, path="/", httponly=True, samesite="strict")
        return response

    async def static(self, request: Request) -> Response:
        """One of the files that were there at the start."""
        found = self.pages.static.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1], headers={"cache-control": "no-cache"})

    async def preview(self, request: Request) -> Response:
        """The page as readers will see it, one segment marked; a refusal is a page too, since it stands in a frame."""
        query = dict(request.query_params)
        status = 200
        try:
            side = reading.text(query, "side", default="target", most=10)
            page = await run_in_threadpool(self.documents.preview, reading.ref(query), side)
        except ReviewError as error:
            page, status = self.documents.refusal(error.message, error.hint), STATUS.get(error.code, 400)
        except KnooppuntError as error:
            page, status = self.documents.refusal(str(error)), 409
        return HTMLResponse(page, status, headers={"content-security-policy": FRAME_POLICY})

    async def explain(self, request: Request) -> Response:
        """What a check is."""
        page = await run_in_threadpool(self.documents.explain, request.path_params["check"])
        return HTMLResponse(page, headers={"content-security-policy": FRAME_POLICY})

    async def asset(self, request: Request) -> Response:
        """A picture of the sources, for the preview."""
        data, kind = await run_in_threadpool(self.documents.asset, request.query_params.get("path", ""))
        return Response(data, media_type=kind, headers={"content-security-policy": FRAME_POLICY})

    # Answers ---------------------------------------------------------------------------------------------------------

    def _queue(self, query: Mapping[str, str]) -> Answer:
        offset, limit = reading.whole(query, "offset", 0), reading.whole(query, "limit", 100)
        wanted = reading.filter_of(query)
        return self.session.queue(reading.text(query, "locale", most=40), wanted, offset=offset, limit=limit)

    def _check(self, body: Answer, _: str) -> Answer:
        ref, targets = reading.ref(body.get("ref")), reading.targets(body)
        return {**self.session.check(ref, targets), "html": self.documents.fragments(ref, targets)}


def _asking(answer: Callable[[Mapping[str, str]], Answer]) -> Callable[[Request], Any]:
    async def asked(request: Request) -> Response:
        return _json(await run_in_threadpool(answer, dict(request.query_params)))

    return asked


def _sending(answer: Callable[[Answer, str], Answer]) -> Callable[[Request], Any]:
    async def sent(request: Request) -> Response:
        body = reading.parse_body(await request.body())
        etag = request.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        return _json(await run_in_threadpool(answer, body, etag))

    return sent


def _json(value: object, status: int = 200) -> Response:
    """JSON that no browser can take for a page."""
    data = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return Response(data, status, media_type="application/json")


def _refusal(status: int, code: str, message: str, hint: str = "", **facts: object) -> Response:
    return _json({"error": {"code": code, "message": message, "hint": hint}, **facts}, status)


async def _review_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ReviewError)
    return _refusal(STATUS.get(error.code, 400), error.code, error.message, error.hint, **error.facts)


async def _knooppunt_error(_: Request, error: Exception) -> Response:
    return _refusal(409, "broken", str(error), "mend the file and try again")


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    names = {404: ("unknown", "there is nothing at this address"), 405: ("method", "not by this method")}
    code, message = names.get(error.status_code, ("http", str(error.detail)))
    return _refusal(error.status_code, code, message)


async def _too_large(_: Request, error: Exception) -> Response:  # noqa: ARG001 # the form of a handler
    return _refusal(413, "large", "the body is larger than the server takes")


async def _broken(_: Request, error: Exception) -> Response:
    return _refusal(500, "internal", f"the server made a mistake ({type(error).__name__})", "open the segment again")


async def _disk(_: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    place = f"{error.filename}: " if error.filename else ""
    return _refusal(507, "disk", f"{place}{error.strerror or error}", "what you typed is kept in the browser")


def make_app(session: Session, door: Door) -> ASGIApp:
    """The application with its guard in front."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        session.start()
        yield
        session.close()

    handlers: dict[Any, Any] = {
        ReviewError: _review_error,
        KnooppuntError: _knooppunt_error,
        HTTPException: _http_error,
        TooLarge: _too_large,
        OSError: _disk,
        Exception: _broken,
    }
    app = Starlette(routes=Review(session, door).routes(), exception_handlers=handlers, lifespan=lifespan)
    return Guard(app, door)
