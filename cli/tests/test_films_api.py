"""The command line at the gateway's door."""

import httpx

from philo.films.api import Api


class Door:
    """An API whose access tokens are good for one request."""

    def __init__(self) -> None:
        self.good = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        if "/auth/" in request.url.path:
            self.good += 1
            session = {"access_token": f"{self.good}", "refresh_token": "again", "expires_in": 0}
            return httpx.Response(200, json=session)
        known = request.headers["authorization"] == f"Bearer {self.good}"
        self.good += 1
        return httpx.Response(200 if known else 401, json=[])


async def test_a_film_may_take_longer_than_an_access_token_lives():
    async with httpx.AsyncClient(base_url="http://door", transport=httpx.MockTransport(Door().answer)) as client:
        api = Api("http://door", client)
        await api.login("ada@example.org", "a password")
        for _ in range(3):
            assert await api.history("a film") == []
