"""Builds the real engines from the settings: the one place that knows which stands behind which port."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import DrafterError, UsageError
from drafter.settings import BUNDLED_MODEL, Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.engines.chat import OpenAIChat
    from drafter.library.library import Library
    from drafter.library.ports import Embedder
    from drafter.library.shared import SharedLibrary
    from drafter.model import DraftSection, Finding, ReadFile, SectionPlan
    from drafter.showing.doctor_view import Row
    from drafter.showing.progress import Steps
    from drafter.workflow.drafting import ChosenWriter, Plan, Shelf


def open_library(workspace: Path | str, settings: Settings | None = None) -> Library | SharedLibrary:
    """Return the library of `workspace`; nothing is read or loaded before it is used.

    Raises:
        UsageError: the settings name an engine that does not exist.
    """
    from drafter.engines.chroma import ChromaStores
    from drafter.library.index import Workshop
    from drafter.library.library import Library

    settings = settings or load_settings(Path(workspace))
    shop = Workshop(
        root=settings.workspace,
        state=settings.library_path,
        embedder=choose_embedder(settings),
        stores=ChromaStores(),
        read=_read_reports,
        splitter=splitter_version(),
    )
    if settings.library_url is not None:
        from drafter.engines.chroma import ChromaServer
        from drafter.library.shared import SharedLibrary

        return SharedLibrary(shop, ChromaServer(settings.library_url), own_unit=settings.unit)
    return Library(shop, own_unit=settings.unit)


def choose_embedder(settings: Settings) -> Embedder:
    """Return the embedding engine of the settings; it loads its weights when first used."""
    if settings.embedding_base_url is not None:
        return _endpoint_embedder(settings, settings.embedding_base_url)
    if settings.embedding_model != BUNDLED_MODEL:
        from drafter.engines.embedding_local import LocalEmbedder

        return LocalEmbedder(settings.embedding_model, settings.workspace)
    from drafter.engines.embedding_bundled import BundledE5

    return BundledE5()


def _endpoint_embedder(settings: Settings, base_url: str) -> Embedder:
    from drafter.engines.embedding_endpoint import EndpointEmbedder
    from drafter.engines.endpoint import Endpoint
    from drafter.settings import api_key
    from drafter.writing.outbox import Outbox

    endpoint = Endpoint(
        base_url=base_url,
        model=settings.embedding_model,
        key=api_key(),
        ca_bundle=settings.llm_ca_bundle,
        timeout_s=settings.llm_timeout_s,
        allow_insecure_host=settings.llm_allow_insecure_host,
    )
    outbox = Outbox(settings.state)
    return EndpointEmbedder(
        endpoint,
        lambda host, body: outbox.record(host=host, model=endpoint.model, body=body),
    )


def splitter_version() -> str:
    """Return a hash of the code and word lists that split reports: any change asks for reading anew."""
    from drafter.library.splitter import code_version

    return code_version("drafter.reading.reports", ("drafter.reading", "drafter.numbers"))


def _read_reports(file: Path, root: Path) -> ReadFile:
    from drafter.reading import read_reports

    return read_reports(file, root)


def past_paths(settings: Settings, given: Sequence[Path] = ()) -> list[Path]:
    """Return where past reports are: `given`, else `corpus/past` of the workspace, else its `corpus`.

    Raises:
        UsageError: nothing was given and there is no such folder.
    """
    if given:
        return list(given)
    for folder in (settings.workspace / "corpus" / "past", settings.workspace / "corpus"):
        if folder.is_dir():
            return [folder]
    raise UsageError(
        f"{settings.workspace} 里没有 corpus 文件夹。",
        hint="请把往年总结放进 corpus 文件夹，或写出路径：drafter index 文件夹。",
    )


def read_past(settings: Settings, paths: Sequence[Path]) -> tuple[list[ReadFile], dict[str, str]]:
    """Return how each file under `paths` is understood, and why others are passed over; nothing is stored."""
    from drafter.library.files import find_reports
    from drafter.reading.reports import name_of

    root, found = settings.workspace, find_reports(paths)
    skipped = {name_of(file, root): reason for file, reason in found.skipped}
    return [_read_reports(file, root) for file in found.files], skipped


@contextmanager
def open_shelf(settings: Settings, steps: Steps) -> Iterator[Shelf]:
    """Open what a draft needs of the library; one that was never indexed is built first.

    Without past reports the shelf is empty.

    Raises:
        LibraryError: the index cannot be used or built.
    """
    from drafter.workflow.drafting import Shelf

    with open_library(settings.workspace, settings) as library:
        if not library.is_indexed:
            try:
                paths = past_paths(settings)
            except UsageError:
                paths = []
            if paths:
                steps.say("还没有索引，先把往年总结读进资料库 …")
                library.index(paths, progress=steps.on_index)
        reports = (
            [report for file in library.files() for report in file.reports] if library.is_indexed else []
        )
        if not reports:
            yield Shelf(settings.workspace)
            return
        yield Shelf(
            settings.workspace,
            reports,
            lambda query, k: library.search(query, k=k),
            library.fingerprint,
        )


@contextmanager
def item_writer(name: str, plan: Plan, settings: Settings, steps: Steps) -> Iterator[ChosenWriter]:
    """Give the writer that was asked for: `compose`, `llm`, or `auto`, a model only where one is set.

    Raises:
        UsageError: a model is asked for and none is set, or the notes must not be sent.
    """
    from drafter.workflow.drafting import ChosenWriter
    from drafter.writing.drafting import composer

    compose = composer(plan.material)
    if name == "compose" or (name == "auto" and not settings.llm_base_url):
        steps.say("起草（不用模型）…")
        yield ChosenWriter("compose", compose)
        return
    from drafter.writing.finished import DRAFTS_FOLDER, Finished
    from drafter.writing.model_writer import Author, Commission, write_section
    from drafter.writing.prompts import load_prompt

    _refuse_secrets(plan)
    model = open_model(settings)
    prompt = load_prompt("section", settings.workspace)
    key = hashlib.sha256(repr([plan.notes.files, plan.head]).encode()).hexdigest()[:16]
    author = Author(model, prompt, Finished(settings.state / DRAFTS_FOLDER / key))
    commission = Commission(
        plan.material.around,
        unit=plan.head.unit,
        period=plan.head.period,
        withheld=frozenset(fact.id for fact in plan.unused),
    )

    def write(item: SectionPlan) -> tuple[DraftSection, tuple[Finding, ...]]:
        what = f"模型 {model.name} 在写：{item.heading or '（不设标题的一段）'} …"
        steps.say(what)
        return write_section(
            item, author, commission, lambda fallen: compose(fallen)[0], steps.counting(what)
        )

    try:
        yield ChosenWriter("llm", write, {"name": prompt.name, "sha256": prompt.sha256})
    finally:
        model.close()


def open_model(settings: Settings) -> OpenAIChat:
    """Return the model of the settings; nothing is sent before it is asked.

    Raises:
        UsageError: no endpoint or no model is set, or its address cannot be used.
    """
    if not settings.llm_base_url or not settings.llm_model:
        what = "模型服务的地址" if not settings.llm_base_url else "模型的名称"
        raise UsageError(
            f"没有设置{what}。",
            hint="在 drafter.toml 的 [llm] 里写 base_url 和 model，或用 --base-url、--model；"
            "不用模型就加 --writer compose。",
        )
    from drafter.engines.chat import OpenAIChat
    from drafter.engines.endpoint import Endpoint
    from drafter.settings import api_key
    from drafter.writing.outbox import Outbox

    endpoint = Endpoint(
        settings.llm_base_url,
        settings.llm_model,
        key=api_key(),
        timeout_s=settings.llm_timeout_s,
        ca_bundle=settings.llm_ca_bundle,
        headers=settings.llm_headers,
        allow_insecure_host=settings.llm_allow_insecure_host,
        structured=settings.llm_structured,
    )
    return OpenAIChat(endpoint, Outbox(settings.state))


def _refuse_secrets(plan: Plan) -> None:
    marked = [finding for finding in plan.notes.findings if finding.code == "secret-marking"]
    if marked:
        raise UsageError(
            f"{marked[0].message}没有发送任何内容。",
            hint="请改用 --writer compose，或去掉这份材料。",
        )


_PACKAGES = ("drafter", "chromadb", "openai", "onnxruntime", "python-docx", "openpyxl", "rjieba")


def examine(settings: Settings) -> list[Row]:
    """Return what works and what doesn't: packages, embedding, index, endpoint; nothing is sent."""
    from drafter.showing.doctor_view import Row

    rows = []
    for package in _PACKAGES:
        try:
            rows.append(Row(package, "fine", metadata.version(package)))
        except metadata.PackageNotFoundError:
            rows.append(Row(package, "fault", "没有安装"))
    try:
        embedder = choose_embedder(settings)
        embedder.embed_queries(["矛盾调解"])
        rows.append(Row("向量模型", "fine", embedder.id.name))
    except DrafterError as error:
        rows.append(Row("向量模型", "fault", str(error)))
    try:
        with open_library(settings.workspace, settings) as library:
            count = len(library)
            rows.append(
                Row("资料库", "fine", f"{count} 段")
                if library.is_indexed
                else Row("资料库", "absent", "还没有索引"),
            )
    except DrafterError as error:
        rows.append(Row("资料库", "fault", str(error)))
    if not settings.llm_base_url:
        rows.append(Row("模型服务", "absent", "没有设置，起草不用模型，什么也不外发"))
    else:
        try:
            open_model(settings).close()
            rows.append(Row("模型服务", "fine", f"{settings.llm_base_url} {settings.llm_model}（没有试连）"))
        except DrafterError as error:
            rows.append(Row("模型服务", "fault", str(error)))
    return [*rows, _fonts_row()]


def _fonts_row() -> Row:
    from drafter.engines.fonts import missing_faces
    from drafter.showing.doctor_view import Row

    missing = missing_faces()
    if missing is None:
        return Row("公文字体", "absent", "这个系统查不到装了哪些字体")
    if missing:
        words = f"没有装 {'、'.join(missing)}；导出的 Word 写的是字体名，在装有的电脑上打开就对"
        return Row("公文字体", "absent", words)
    return Row("公文字体", "fine", "都装了")
