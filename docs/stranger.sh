# For scripts that do what a document says, as a stranger would: with what is published, and a home in which nothing is. They
# source it with `root` set to the repository and `name` to their own name. Where STRANGER names a directory, what was published
# there before is used again.

if [[ -z ${STRANGER:-} ]]; then
    stranger=$(mktemp -d)
    trap 'rm -rf "$stranger"' EXIT
else
    stranger=$STRANGER
fi

# What runs to the end of a page.
running=

say() { printf "%s: %s\n" "$name" "$*" >&2; }

# Runs a block of commands; its standard output, without the colours that Maven resets even where there are none.
follow() {
    bash -euo pipefail -c "$1" </dev/null | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g'
}

# What is compared of what is printed: all of it, or no numbers and ids.
comparable() {
    if [[ -n ${other_numbers:-} ]]; then
        sed -E 's/\b[0-9a-f]{8}([0-9a-f]{8})?\b/N/g; s/[0-9]+(\.[0-9]+)?/N/g' <<<"$1"
    else
        printf '%s\n' "$1"
    fi
}

expect() {
    local printed code=0
    say "$1"
    printed=$(follow "$1" 2>"$stranger/errors.log") || code=$?
    if [[ $code != 0 || $(comparable "$printed") != "$(comparable "$2")" ]]; then
        cat "$stranger/errors.log" >&2
        say "it ended with $code; the document shows that this prints"
        printf '%s\n' "$2" >&2
        say "and it printed"
        printf '%s\n' "$printed" >&2
        exit 1
    fi
}

# Starts a command, kills it with SIGKILL as soon as it has printed this, and checks that it printed nothing else.
expect_until_killed() {
    local process printed=$stranger/printed.log
    say "$1   # killed"
    : >"$printed"
    bash -euo pipefail -c "exec $1" </dev/null >"$printed" 2>"$stranger/errors.log" &
    process=$!
    for ((tenths = 0; tenths < 600; tenths++)); do
        [[ $(<"$printed") != "$2" ]] || break
        kill -0 "$process" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$process" || say "it had ended before it could be killed"
    wait "$process" 2>/dev/null || true
    if [[ $(<"$printed") != "$2" ]]; then
        cat "$stranger/errors.log" "$printed" >&2
        say "the document shows that it prints '$2' before it is killed"
        exit 1
    fi
}

# Runs the tests, and checks that some ran and that all of them passed: a Surefire that finds none passes as well.
expect_tests() {
    local log=$stranger/tests.log
    say "$1"
    if ! follow "$1" >"$log" 2>&1; then
        cat "$log" >&2
        say "a test failed, or the build did"
        exit 1
    fi
    if ! grep -Eq 'Tests run: [1-9][0-9]*,' "$log" || ! ls target/surefire-reports/TEST-*.xml >"$stranger/reports.log" 2>&1; then
        cat "$log" >&2
        say "the build passed, but no test ran: the document's build file needs a Surefire that finds JUnit 5 tests"
        exit 1
    fi
    if ! grep -qF "$2" "$log"; then
        cat "$log" >&2
        say "the document shows that it prints '$2' among other lines"
        exit 1
    fi
}

# Writes the fenced blocks of a page, or of its section with this heading, into a directory: N.info, N.body, and N.file for one that is a file.
split() {
    awk -v into="$2" -v from="${3:-}" '
        from != "" && !begun { begun = $0 == from; next }
        from != "" && /^## / { exit }
        inside && $0 == "```" { inside = 0; close(body); next }
        inside { print >body; next }
        /^```/ {
            inside = 1
            body = sprintf("%s/%02d.body", into, ++count)
            printf "" >body
            info = sprintf("%s/%02d.info", into, count)
            print substr($0, 4) >info
            close(info)
            if (path != "") {
                file = sprintf("%s/%02d.file", into, count)
                print path >file
                close(file)
            }
            path = ""
            next
        }
        /^`[^`]+`.*:$/ { split($0, parts, "`"); path = parts[2]; next }
        /./ { path = "" }' "$1"
}

leave_running() {
    local printed=$stranger/running.log
    say "$1   # left running"
    : >"$printed"
    bash -euo pipefail -c "exec $1" </dev/null >"$printed" 2>"$stranger/errors.log" &
    running=$!
    for ((tenths = 0; tenths < 600; tenths++)); do
        [[ $(<"$printed") != "$2" ]] || return 0
        kill -0 "$running" 2>/dev/null || break
        sleep 0.1
    done
    cat "$stranger/errors.log" "$printed" >&2
    say "the document shows that it prints '$2'"
    exit 1
}

# Does what a page says, in the current directory. Its fenced blocks are
#
#   a file       after a line that names it: `path`:
#   sh           a command; if a block of text follows, it must print that, and with the title "among other lines" this, too
#   text title="other numbers"     is what it prints but for digits and for ids of spans
#   sh title="kill it"             is killed with SIGKILL as soon as it has printed what follows
#   sh title="leave it running"    runs to the end of the page, from the moment at which it has printed what follows
#   sh title="by hand"             is what the second argument does instead
#
# Blocks of other languages, which are no file, are only read; and so is what stands before the heading that the third argument names.
do_page() {
    local blocks info body next number=0
    blocks=$(mktemp -d -p "$stranger")
    split "$1" "$blocks" "${3:-}"
    for info in "$blocks"/*.info; do
        number=$((number + 1))
        body=$(printf '%s/%02d.body' "$blocks" "$number")
        next=$(printf '%s/%02d' "$blocks" $((number + 1)))
        if [[ -f ${info%.info}.file ]]; then
            mkdir -p "$(dirname "$(<"${info%.info}.file")")"
            cp "$body" "$(<"${info%.info}.file")"
            continue
        fi
        case $(<"$info") in
            sh)
                if [[ ! -f $next.info || $(<"$next.info") != text* ]]; then
                    expect "$(<"$body")" ""
                elif [[ $(<"$next.info") == text ]]; then
                    expect "$(<"$body")" "$(<"$next.body")"
                elif [[ $(<"$next.info") == 'text title="other numbers"' ]]; then
                    other_numbers=1 expect "$(<"$body")" "$(<"$next.body")"
                else
                    expect_tests "$(<"$body")" "$(<"$next.body")"
                fi
                ;;
            'sh title="kill it"') expect_until_killed "$(<"$body")" "$(<"$next.body")" ;;
            'sh title="leave it running"') leave_running "$(<"$body")" "$(<"$next.body")" ;;
            'sh title="by hand"') "$2" ;;
            text* | java | kotlin | xml | yaml | '') ;;
            *)
                say "$1 has a block '$(<"$info")', which is neither a file nor a command"
                exit 1
                ;;
        esac
    done
    if [[ -n $running ]]; then
        kill -KILL "$running"
        wait "$running" 2>/dev/null || true
        running=
    fi
}

published=$stranger/published
# Installing would change the local repository of whoever runs this, so the same build ends a step earlier, and what it
# would install goes to a repository of its own: the jar and the pom of every module.
publish() {
    [[ ! -f $published/complete ]] || return 0
    package="${1% install} package"
    say "$package"
    if ! (cd "$root" && follow "$package") >"$stranger/package.log" 2>&1; then
        cat "$stranger/package.log" >&2
        exit 1
    fi
    own() { sed -n "s|^  <$1>\(.*\)</$1>|\1|p" "$2" | head -n 1; } # of the project, not of its parent
    version=$(own version "$root/pom.xml")
    for pom in "$root"/pom.xml "$root"/*/pom.xml; do
        artifact=$(own artifactId "$pom")
        place=$published/dev/clew/$artifact/$version
        mkdir -p "$place"
        flat=${pom%pom.xml}target/flattened-pom.xml
        [[ -f $flat ]] || flat=$pom
        cp "$flat" "$place/$artifact-$version.pom"
        jar=${pom%pom.xml}target/$artifact-$version.jar
        [[ ! -f $jar ]] || cp "$jar" "$place/"
    done
    touch "$published/complete"
}

# Below this home Maven finds the stranger's settings, and keeps a local repository. What was downloaded before is not
# downloaded again: what is local to whoever runs this is remote here.
home=$stranger/home
mkdir -p "$home/.m2"
remote() {
    local snapshots=false
    [[ $2 != published ]] || snapshots=true
    printf '<%s><id>%s</id><url>file://%s</url><snapshots><enabled>%s</enabled></snapshots>' "$1" "$2" "$3" "$snapshots"
    printf '<releases><checksumPolicy>ignore</checksumPolicy></releases></%s>\n' "$1"
}
cat >"$home/.m2/settings.xml" <<SETTINGS
<settings>
  <profiles>
    <profile>
      <id>stranger</id>
      <activation><activeByDefault>true</activeByDefault></activation>
      <repositories>
        $(remote repository published "$published")
        $(remote repository downloaded "$HOME/.m2/repository")
      </repositories>
      <pluginRepositories>
        $(remote pluginRepository downloaded "$HOME/.m2/repository")
      </pluginRepositories>
    </profile>
  </profiles>
</settings>
SETTINGS
export MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$home"
