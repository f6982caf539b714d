"""Tab completion, for bash, zsh and fish: commands, options, the names of queries, and the parameters of each."""

import os
import sys
from typing import Final

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from kg.commands.options import quiet

SHELLS: Final = ("bash", "zsh", "fish")
_ASKED: Final = "_KG_COMPLETE"  # the variable by which a shell asks for completions
_MENDED: Final = {  # what of click's scripts completes nothing
    # To bash property=da is three words, of which it replaces the last.
    "bash": {
        "    response=": """    local line="${COMP_LINE:0:COMP_POINT}"
    local word="${line##*[[:space:]]}"
    local count=$(IFS=$' \\t\\n'; set -f; set -- $line; [[ $word ]] && shift; echo $#)
    local stays=""
    [[ $word == *=* && $COMP_WORDBREAKS == *=* ]] && stays="${word%"${word##*=}"}"
    response=""",
        'COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD': 'COMP_WORDS="$line" COMP_CWORD=$count',
        "COMPREPLY+=($value)": """COMPREPLY+=("${value#"$stays"}")
            [[ $value == *= ]] && compopt -o nospace""",
    },
    # zsh runs a file of its fpath again at each Tab, and only at the first is it loaded just now.
    "zsh": {"$zsh_eval_context[-1] == loadautofunc": "$funcstack[1] == _kg"},
}
_HOW: Final = {
    "bash": "kg completion bash > ~/.local/share/bash-completion/completions/kg",
    "zsh": "kg completion zsh > ~/.zfunc/_kg, with ~/.zfunc in fpath",
    "fish": "kg completion fish > ~/.config/fish/completions/kg.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@quiet
def completion(shell: str, quiet: bool) -> None:
    """Write the script by which a shell completes kg's commands, options, queries and their parameters.

    \b
    kg completion bash > ~/.local/share/bash-completion/completions/kg
    kg completion zsh > ~/.zfunc/_kg
    kg completion fish > ~/.config/fish/completions/kg.fish
    """
    found = get_completion_class(shell)
    assert found is not None  # click knows each of `SHELLS`
    script = found(click.Group(), {}, "kg", _ASKED)
    text = script.source_template % script.source_vars()
    for its, ours in _MENDED.get(shell, {}).items():
        assert its in text  # as the version of click that is installed writes it
        text = text.replace(its, ours)
    click.echo(text)
    if sys.stdout.isatty() and not quiet:
        click.echo(f"keep it: {_HOW[shell]}", err=True)


def answer(cli: click.Command) -> None:
    """Answer a shell that asks for completions, and exit; return where none does."""
    if asked := os.environ.get(_ASKED):
        sys.exit(shell_complete(cli, {}, "kg", _ASKED, asked))


def query_names(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The named queries that begin so, each with its title."""
    from kg.dataset import queries

    return [CompletionItem(name, help=queries.load(name).title) for name in queries.names() if name.startswith(begun)]


def parameters(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """``NAME=`` for each parameter of the query that was named, and ``NAME=VALUE`` where its values are known."""
    from kg.dataset import queries

    # click reads no argument of a line whose last option has no value yet.
    words = (context.params.get("query"), *context.args, *os.environ.get("COMP_WORDS", "").split())
    name = next((word for word in words if word in queries.names()), None)
    if name is None:
        return []
    known = [
        (f"{one.name}={choice}", one.description)
        for one in queries.load(name).parameters
        for choice in (one.choices or ("",))
    ]
    return [CompletionItem(value, help=said) for value, said in known if value.startswith(begun)]
