/* cmd_completion.c -- `rehearse completion SHELL`: what bash, zsh or fish need to complete our command lines.
 *
 * The scripts are written from the option tables.  Scenarios are asked for at the moment of completion, by
 * `rehearse completion scenarios`, which prints the names it finds. */
#include "cmd/commands.h"
#include "front/shelf.h"

#include <stdio.h>
#include <string.h>

static void put_names(struct buf *out, const char *before)
{
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->hidden)
            buf_printf(out, "%s%s", i ? before : "", commands[i]->name);
}

/* ---- bash ---- */

static void bash_options(struct buf *out, const struct command *c)
{
    buf_str(out, "      case $before in\n");
    for (const struct option_row *row = c->options; row->name; row++) {
        if (row->takes == TAKES_CHOICE)
            buf_printf(out, "        --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", row->name, row->choices);
        else if (row->takes == TAKES_LANG)
            buf_printf(out, "        --%s) COMPREPLY=($(compgen -W 'en zh-CN' -- \"$word\")); return ;;\n", row->name);
        else if (row->takes == TAKES_FILE)
            buf_printf(out, "        --%s) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", row->name);
        else if (row->takes != TAKES_NOTHING)
            buf_printf(out, "        --%s) return ;;\n", row->name);
    }
    buf_str(out, "      esac\n      options='");
    for (const struct option_row *row = c->options; row->name; row++)
        buf_printf(out, "%s--%s", row == c->options ? "" : " ", row->name);
    buf_str(out, "'\n");
}

static void bash_operands(struct buf *out, const struct command *c)
{
    if (c->operand == OPERAND_SCENARIO)
        buf_str(out, "      words=$(rehearse completion scenarios 2>/dev/null); files=-d\n");
    else if (c->operand == OPERAND_FILES)
        buf_str(out, "      files=-f\n");
    else if (c->operand == OPERAND_CHOICE)
        buf_printf(out, "      words='%s'\n", c->choices);
}

static void bash(struct buf *out)
{
    buf_str(out, "# Completion of rehearse for bash, written by `rehearse completion bash`.\n"
                 "_rehearse() {\n"
                 "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words= files=\n"
                 "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
                 "    COMPREPLY=($(compgen -W '");
    put_names(out, " ");
    buf_str(out, " --help --version --lang' -- \"$word\")); return\n  fi\n  case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->hidden)
            continue;
        buf_printf(out, "    %s)\n", commands[i]->name);
        bash_options(out, commands[i]);
        bash_operands(out, commands[i]);
        buf_str(out, "      ;;\n");
    }
    buf_str(out, "  esac\n"
                 "  case $word in\n"
                 "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
                 "    *) COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $([ -n \"$files\" ] && compgen $files -- \"$word\")) ;;\n"
                 "  esac\n}\ncomplete -o filenames -F _rehearse rehearse\n");
}

/* ---- zsh ---- */

/* WORDS inside single quotes within an _arguments specification. */
static void zsh_quoted(struct buf *out, const char *words)
{
    for (; *words; words++) {
        if (strchr("[]:\\", *words))
            buf_char(out, '\\');
        buf_str(out, *words == '\'' ? "'\\'" : "");
        buf_char(out, *words);
        if (*words == '\'')
            continue;
    }
}

static void zsh_option(struct buf *out, const struct option_row *row, const struct words *w)
{
    buf_printf(out, "        '--%s%s[", row->name, row->takes == TAKES_NOTHING ? "" : "=");
    zsh_quoted(out, tr(w, row->words));
    buf_char(out, ']');
    if (row->takes == TAKES_CHOICE)
        buf_printf(out, ":%s:(%s)", row->name, row->choices);
    else if (row->takes == TAKES_LANG)
        buf_printf(out, ":%s:(en zh-CN)", row->name);
    else if (row->takes == TAKES_FILE)
        buf_printf(out, ":%s:_files", row->name);
    else if (row->takes != TAKES_NOTHING)
        buf_printf(out, ":%s:", row->name);
    buf_str(out, "' \\\n");
}

static void zsh_command(struct buf *out, const struct command *c, const struct words *w)
{
    buf_printf(out, "    %s)\n      _arguments \\\n", c->name);
    for (const struct option_row *row = c->options; row->name; row++)
        zsh_option(out, row, w);
    if (c->operand == OPERAND_SCENARIO)
        buf_str(out, "        '*:scenario:_rehearse_scenarios' ;;\n");
    else if (c->operand == OPERAND_FILES)
        buf_str(out, "        '*:file:_files' ;;\n");
    else if (c->operand == OPERAND_CHOICE)
        buf_printf(out, "        '*:what:(%s)' ;;\n", c->choices);
    else
        buf_str(out, "        '*:name:' ;;\n");
}

static void zsh(struct buf *out, const struct words *w)
{
    buf_str(out, "#compdef rehearse\n# Completion of rehearse for zsh, written by `rehearse completion zsh`.\n"
                 "_rehearse_scenarios() {\n"
                 "  compadd -- ${(f)\"$(rehearse completion scenarios 2>/dev/null)\"}\n"
                 "  _files -/\n}\n"
                 "_rehearse() {\n  if (( CURRENT == 2 )); then\n    local -a names=(\n");
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->hidden)
            continue;
        buf_printf(out, "      '%s:", commands[i]->name);
        zsh_quoted(out, tr(w, commands[i]->summary));
        buf_str(out, "'\n");
    }
    buf_str(out, "    )\n    _describe command names\n    return\n  fi\n  shift words; (( CURRENT-- ))\n  case $words[1] in\n");
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->hidden)
            zsh_command(out, commands[i], w);
    buf_str(out, "  esac\n}\n_rehearse \"$@\"\n");
}

/* ---- fish ---- */

static void fish_quoted(struct buf *out, const char *words)
{
    buf_char(out, '\'');
    for (; *words; words++) {
        if (*words == '\'' || *words == '\\')
            buf_char(out, '\\');
        buf_char(out, *words);
    }
    buf_char(out, '\'');
}

static void fish_command(struct buf *out, const struct command *c, const struct words *w)
{
    buf_printf(out, "complete -c rehearse -f -n __fish_use_subcommand -a %s -d ", c->name);
    fish_quoted(out, tr(w, c->summary));
    buf_char(out, '\n');
    for (const struct option_row *row = c->options; row->name; row++) {
        buf_printf(out, "complete -c rehearse -n '__fish_seen_subcommand_from %s' -l %s", c->name, row->name);
        if (row->takes == TAKES_CHOICE)
            buf_printf(out, " -x -a '%s'", row->choices);
        else if (row->takes == TAKES_LANG)
            buf_str(out, " -x -a 'en zh-CN'");
        else if (row->takes == TAKES_FILE)
            buf_str(out, " -r -F");
        else if (row->takes != TAKES_NOTHING)
            buf_str(out, " -x");
        buf_str(out, " -d ");
        fish_quoted(out, tr(w, row->words));
        buf_char(out, '\n');
    }
    if (c->operand == OPERAND_SCENARIO)
        buf_printf(out, "complete -c rehearse -n '__fish_seen_subcommand_from %s' -f -a "
                        "'(rehearse completion scenarios 2>/dev/null; __fish_complete_directories)'\n", c->name);
    else if (c->operand == OPERAND_FILES)
        buf_printf(out, "complete -c rehearse -n '__fish_seen_subcommand_from %s' -F\n", c->name);
    else if (c->operand == OPERAND_CHOICE)
        buf_printf(out, "complete -c rehearse -n '__fish_seen_subcommand_from %s' -f -a '%s'\n", c->name, c->choices);
}

static void fish(struct buf *out, const struct words *w)
{
    buf_str(out, "# Completion of rehearse for fish, written by `rehearse completion fish`.\n");
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->hidden)
            fish_command(out, commands[i], w);
}

static void scenarios(struct buf *out)
{
    struct shelf shelf = {0};
    shelf_find(&shelf);
    for (size_t i = 0; i < shelf.n; i++)
        buf_printf(out, "%s\n", shelf.v[i].name);
    shelf_done(&shelf);
}

static int run(const struct call *call)
{
    const char *what = call->operands[0];
    struct buf out = {0};
    if (strcmp(what, "bash") == 0)
        bash(&out);
    else if (strcmp(what, "zsh") == 0)
        zsh(&out, call->words);
    else if (strcmp(what, "fish") == 0)
        fish(&out, call->words);
    else if (strcmp(what, "scenarios") == 0)
        scenarios(&out);
    else
        return call_fails(call, STATUS_USAGE, N_("completion is written for: %1"), call->command->choices, "");
    fwrite(out.at ? out.at : "", 1, out.len, stdout);
    buf_done(&out);
    return STATUS_FINE;
}

static const struct option_row options[] = {OPTION_LANG, OPTION_HELP, {0}};

const struct command command_completion = {
    .name = "completion",
    .operands = N_("SHELL"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_CHOICE,
    .choices = "bash zsh fish",
    .summary = N_("prints completion for bash, zsh or fish"),
    .about = N_("Prints a script that teaches a shell to complete our command lines: names of commands, options and "
                "scenarios."),
    .examples = "rehearse completion bash > ~/.local/share/bash-completion/completions/rehearse\n"
                "rehearse completion zsh > ~/.zfunc/_rehearse\n"
                "rehearse completion fish > ~/.config/fish/completions/rehearse.fish",
    .options = options,
    .run = run,
};
