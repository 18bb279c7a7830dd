"""The page of figures: what it is asked, and what it writes into the termbase."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from knooppunt.loading import load_project
from knooppunt.review import reading
from knooppunt.reviewing.figures_input import desk_figures, desk_passages
from knooppunt.reviewing.figures_show import csv_figures, document, json_figures
from knooppunt.reviewing.figures_terms import edited_pairs, take_proposal, term_proposals, terms_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from knooppunt.project import Project
    from knooppunt.review.security import Door
    from knooppunt.reviewing import Session
    from knooppunt.reviewing.figures import Figures
    from knooppunt.reviewing.figures_terms import EditedPair

Answer = dict[str, Any]


class FigurePages:
    """Answers what the page of figures asks."""

    def __init__(self, session: Session, door: Door) -> None:
        self.session = session
        self.door = door
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        place = files("knooppunt.review").joinpath("page", "figures.html")
        self.template = environment.from_string(place.read_text("utf-8"))

    @property
    def asked(self) -> dict[str, Callable[[Mapping[str, str]], Answer]]:
        """What is asked below /api/, without writing anything."""
        return {"figures": self._figures, "figures/terms": self._terms}

    @property
    def sent(self) -> dict[str, Callable[[Answer, str], Answer]]:
        """What is sent to /api/."""
        return {"figures/terms": self._take}

    @property
    def routes(self) -> list[Route]:
        """The page, and the figures as files."""
        return [
            Route("/figures", self.page),
            Route("/figures.json", self.json),
            Route("/figures.csv", self.csv),
        ]

    async def page(self, _: Request) -> Response:
        """The page itself; it asks for the figures."""
        project = self.session.project
        name = str(project.mkdocs.get("site_name") or project.settings.root.name)
        return HTMLResponse(self.template.render(token=self.door.token, project=name))

    async def json(self, _: Request) -> Response:
        """All figures as a JSON file."""
        return _file(json_figures(await run_in_threadpool(self._all)), "figures.json", "application/json")

    async def csv(self, _: Request) -> Response:
        """All figures as a CSV file."""
        return _file(csv_figures(await run_in_threadpool(self._all)), "figures.csv", "text/csv; charset=utf-8")

    def _all(self) -> tuple[Figures, ...]:
        with self.session.lock:
            return tuple(desk_figures(self.session.desk(code)) for code in self.session.codes)

    def _figures(self, query: Mapping[str, str]) -> Answer:
        code = reading.text(query, "locale", most=40)
        with self.session.lock:
            found = desk_figures(self.session.desk(code))
            titles = {name: self.session.title(name) for name in (tally.name for tally in found.articles)}
        return {**document([found]), "titles": titles}

    def _terms(self, query: Mapping[str, str]) -> Answer:
        code = reading.text(query, "locale", most=40)
        with self.session.lock:
            passages = desk_passages(self.session.desk(code))
        return self._document(code, edited_pairs(passages))

    def _take(self, body: Answer, _: str) -> Answer:
        code = reading.text(body, "locale", most=40)
        with self.session.lock:
            passages = desk_passages(self.session.desk(code))
        taken = take_proposal(self._fresh(), code, reading.text(body, "proposal", most=40))
        return {"files": list(taken.files), **self._document(code, edited_pairs(passages))}

    def _document(self, code: str, pairs: Sequence[EditedPair]) -> Answer:
        return terms_document(pairs, term_proposals(self._fresh(), code))

    def _fresh(self) -> Project:
        """The project as it is on disk, of its own: reading the history of git takes its time, and holds no lock."""
        return load_project(self.session.project.settings.root)


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=kind, headers=headers)
