"""`/auth/session`: how the page is logged in, without any script ever holding a refresh token."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from philo_kernel.http.problems import Unauthorized

from .cookies import PATH
from .rooms import Address, Auth, Rooms, never_stored
from .sessions import RefreshRefused, Session
from .tables import Account
from .wire import PageLogin, PageSession


async def our_page(request: Request, auth: Rooms) -> None:
    auth.cookies.refuse_others(request)


router = APIRouter(prefix=PATH, tags=["auth"], dependencies=[Depends(never_stored), Depends(our_page)])


class NoSession(Unauthorized):
    slug, title = "no-session", "The page is not logged in"


@router.post("")
async def begin_session(
    shown: PageLogin, auth: Rooms, address: Address, request: Request, response: Response
) -> PageSession:
    """Log the page in, with the body of any login. The refresh token comes as a cookie; a login of before ends."""
    account = await auth.enter(shown.way_in(), address)
    if before := auth.cookies.read(request):
        await auth.sessions.end(before)
    return await opened(auth, await auth.sessions.open(account.id), account, response)


@router.post("/refresh")
async def refresh_session(request: Request, auth: Rooms, response: Response) -> PageSession:
    """A new access token for a page that has the cookie: after a reload, and before the old one expires."""
    shown = auth.cookies.read(request)
    if shown is None:
        raise NoSession("There is no login to continue. Log in.")
    try:
        session = await auth.sessions.refresh(shown)
    except RefreshRefused as refused:
        forgetting = Response()
        auth.cookies.take_back(forgetting)
        refused.headers = {**(refused.headers or {}), "Set-Cookie": forgetting.headers["set-cookie"]}
        raise
    return await opened(auth, session, await auth.accounts.find(str(session.user)), response)


@router.delete("", status_code=204)
async def end_session(request: Request, auth: Rooms, response: Response) -> None:
    """Log the page out; whoever was not logged in is so as well."""
    shown = auth.cookies.read(request)
    if shown is not None:
        await auth.sessions.end(shown)
    auth.cookies.take_back(response)


async def opened(auth: Auth, session: Session, account: Account, response: Response) -> PageSession:
    auth.cookies.give(response, session.refresh_token)
    access = await auth.access(session)
    return PageSession(**access.model_dump(), user=await auth.shown(account))
