"""A real Chromium for the tests that need one; without it they are skipped aloud."""

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, driven by playwright."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium: install the package chromium to open the reviewer's page in the tests")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Watched:
    """A tab that notes every request, every dialog, every error and whatever ran that should not."""

    def __init__(self, context):
        self.context = context
        self.tab = context.new_page()
        self.requests, self.dialogs, self.errors = [], [], []
        self.tab.on("request", lambda request: self.requests.append(f"{request.method} {request.url}"))
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("dialog", self._on_dialog)
        self.tab.on("console", self._on_console)
        self.tab.add_init_script("window.booms = 0; window.boom = () => { window.booms += 1; };")

    def _on_dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _on_console(self, message):
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def open(self, where):
        self.tab.goto(where if isinstance(where, str) else where.as_uri())
        return self.tab

    @property
    def booms(self):
        return self.tab.evaluate("window.booms")


@pytest.fixture
def watched(chromium):
    """A new tab of its own, 1366 by 768, with nothing stored."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(10_000)
    yield Watched(context)
    context.close()
