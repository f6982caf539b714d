"""Files and folders to sources."""

from kg.model import Source
from kg.read import read


def test_every_file_of_a_folder_is_read_in_the_order_of_its_path(tmp_path):
    for name in ("b.txt", "a/x.md", "a-b.txt", ".hidden.txt", "a/.git/y.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    sources = [source for source in read([tmp_path]) if isinstance(source, Source)]
    assert [source.path for source in sources] == ["a-b.txt", "a/x.md", "b.txt"]
    assert [source.slug for source in sources] == ["a-b", "a-x", "b"]
    assert [source.text for source in sources] == ["a-b.txt", "a/x.md", "b.txt"]
