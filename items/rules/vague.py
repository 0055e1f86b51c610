"""Words by which nobody can tell whether something is done. Nothing here saves."""

from items.words import fold

# As plans are written, and as nobody checks them.
VAGUE = (
    "进一步", "不断提升", "不断完善", "不断改善", "不断提高", "持续推进", "持续改进", "持续改善",
    "持续提升", "逐步改善", "逐步完善", "逐步提高", "稳步推进", "扎实推进", "积极推进", "有序推进",
    "大力", "着力", "切实", "力争", "尽快", "适时", "有效提升", "全面提升", "明显改善", "有所改善",
    "显著提升", "加大力度", "加强管理", "高度重视", "further", "continuously", "continue to",
    "strive", "as appropriate", "as soon as possible", "where possible", "make efforts",
)  # fmt: skip


def vague_words(text: str) -> list[str]:
    """Return the words of a text that can't be checked, in their order, without repetition."""
    said = fold(text)
    found = {said.find(fold(words)): words for words in VAGUE if fold(words) in said}
    return [found[place] for place in sorted(found)]
