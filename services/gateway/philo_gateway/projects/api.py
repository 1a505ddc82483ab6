"""`/projects` on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from philo_contracts.shapes import Line
from philo_gateway.projects.folders import Folders
from philo_gateway.projects.tables import ProjectRow
from philo_kernel.database import reading
from philo_kernel.http.idempotency import Creating
from philo_kernel.http.identity import Caller, allowed
from philo_kernel.http.pages import Page, PageRequest, page, page_request
from philo_kernel.http.problems import NotFound
from philo_kernel.http.versions import UNCHANGED, IfMatch, IfNoneMatch, known, not_stale, tag_of
from philo_kernel.unit import unit_of_work

router = APIRouter(prefix="/api/v1/projects", tags=["projects"], route_class=Creating)

Reader = Annotated[Caller, Depends(allowed("projects:read"))]
Writer = Annotated[Caller, Depends(allowed("projects:write"))]
Wanted = Annotated[PageRequest, Depends(page_request)]
NOT_READ = "Read the project first and send its ETag as If-Match, so that nobody's change is lost."
CHANGED = "The project was changed meanwhile. Read it again and repeat your change."


class ProjectWish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
    description: str = Field(default="", max_length=2_000)


class Project(BaseModel):
    id: str
    name: str
    description: str
    created_at: datetime
    updated_at: datetime


def engine_of(request: Request) -> AsyncEngine:
    engine: AsyncEngine = request.app.state.engine
    return engine


def folders_of(request: Request) -> Folders:
    folders: Folders = request.app.state.folders
    return folders


Engine = Annotated[AsyncEngine, Depends(engine_of)]
Keeping = Annotated[Folders, Depends(folders_of)]


def shown(row: ProjectRow) -> Project:
    return Project.model_validate(row.model_dump(include=set(Project.model_fields)))


async def own(session: AsyncSession, user: str, project: UUID, *, lock: bool = False) -> ProjectRow:
    row: ProjectRow | None = await session.get(ProjectRow, str(project), with_for_update=lock or None)
    if row is None or row.user_id != user:
        raise NotFound("There is no project with this id among yours. `GET /api/v1/projects` lists them.")
    return row


@router.post("", status_code=201)
async def create_project(wish: ProjectWish, who: Writer, folders: Keeping, response: Response) -> Project:
    """A folder for jobs. There is a limit to how many you have; what you delete makes room."""
    now = datetime.now(UTC)
    row = ProjectRow(id=str(uuid7()), user_id=who.user, created_at=now, updated_at=now, **wish.model_dump())
    await folders.add(row)
    response.headers["Location"] = f"/api/v1/projects/{row.id}"
    response.headers["ETag"] = tag_of(row.version)
    return shown(row)


@router.get("")
async def list_projects(who: Reader, engine: Engine, wanted: Wanted) -> Page[Project]:
    """Your projects, newest first."""
    query = select(ProjectRow).where(ProjectRow.user_id == who.user)
    if wanted.after:
        query = query.where(col(ProjectRow.id) < str(wanted.after[0]))
    query = query.order_by(col(ProjectRow.id).desc()).offset(wanted.skip).limit(wanted.fetch)
    async with reading(engine) as session:
        rows = list(await session.scalars(query))
    return page(rows, wanted, place=lambda row: (row.id,), shown=shown)


@router.get("/{project_id}", response_model=Project, responses=UNCHANGED)
async def read_project(
    project_id: UUID, who: Reader, engine: Engine, response: Response, if_none_match: IfNoneMatch = None
) -> Project | Response:
    async with reading(engine) as session:
        row = await own(session, who.user, project_id)
    tag = response.headers["ETag"] = tag_of(row.version)
    return known(if_none_match, tag) or shown(row)


@router.put("/{project_id}")
async def update_project(
    project_id: UUID, wish: ProjectWish, who: Writer, engine: Engine, response: Response, if_match: IfMatch = None
) -> Project:
    """Replace name and description. `If-Match` must carry the ETag that was read."""
    async with unit_of_work(engine, "gateway") as unit:
        row = await own(unit.session, who.user, project_id, lock=True)
        not_stale(if_match, tag_of(row.version), missing=NOT_READ, stale=CHANGED)
        row.sqlmodel_update(wish.model_dump() | {"version": row.version + 1, "updated_at": datetime.now(UTC)})
    response.headers["ETag"] = tag_of(row.version)
    return shown(row)


@router.delete("/{project_id}", status_code=204)
async def delete_project(project_id: UUID, who: Writer, engine: Engine) -> None:
    """Delete the folder; its jobs stay, and still name it."""
    async with unit_of_work(engine, "gateway") as unit:
        await unit.session.delete(await own(unit.session, who.user, project_id, lock=True))
