-- The tables of a PostgreSQL journal, the triggers against accidents, and the one function that appends.
-- postgres_schema.py fills in the names in braces and runs all of it in one transaction.

CREATE TABLE {records} (
    originator_id {id_column} NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint PRIMARY KEY,
    recorded_at text COLLATE "C" NOT NULL,
    leaf bytea NOT NULL,
    UNIQUE (originator_id, originator_version)
);

CREATE TABLE {commands} (
    id text COLLATE "C" PRIMARY KEY,
    content bytea NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL
);

CREATE TABLE {keys} (
    kind text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, code, scope)
);

-- One row, found as the one of the greatest size: while somebody holds an old snapshot open (a dump, a rebuild), the
-- versions that appends leave behind cannot be cleared away, and every other way to the newest leads past all of them.
CREATE TABLE {head} (
    format integer NOT NULL,
    size bigint NOT NULL,
    frontier bytea[] NOT NULL,
    root bytea NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    founder text,
    salt bytea NOT NULL
) WITH (vacuum_truncate = off);  -- giving back its last page would hold up appends

CREATE INDEX ON {head} (size);

INSERT INTO {head} VALUES ({format}, 0, '{{}}', {empty_root}, '', NULL, {salt});

-- Privileges keep the application's role from changing records; these triggers stop whoever owns the tables from
-- doing so by accident.
CREATE FUNCTION {refuse}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {records} EXECUTE FUNCTION {refuse}();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {commands} EXECUTE FUNCTION {refuse}();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {keys} EXECUTE FUNCTION {refuse}();
CREATE TRIGGER one_row BEFORE INSERT OR DELETE OR TRUNCATE ON {head} EXECUTE FUNCTION {refuse}();

-- Appends a group of drafts that cannot affect each other, so that every condition is checked against the state
-- before the group. Answers for each draft in order: stored (first_at, last_at), taken (its first content too), or
-- lost, to a stream or to its lost_key-th key (neither: somebody founded the journal).
--
-- draft_sizes are numbers of rows; seen_* are the distinct versions that were read, guard_* tell which draft read
-- which of them. given_clock replaces the server's clock in practice files and tests.
CREATE FUNCTION {append}(
    given_clock text,
    draft_ids text[], draft_contents bytea[], draft_sizes integer[], draft_people text[], draft_founds boolean[],
    seen_streams text[], seen_versions bigint[], guard_drafts integer[], guard_seen integer[],
    key_drafts integer[], key_kinds text[], key_scopes text[], key_codes text[], key_streams text[],
    row_streams text[], row_versions bigint[], row_topics text[], row_states bytea[], row_prepared bytea[]
) RETURNS TABLE (
    first_at bigint, last_at bigint, stamped text, clock_read text, taken bytea, lost_stream text, lost_key integer
) LANGUAGE plpgsql AS $$
DECLARE
    before {head}%ROWTYPE;
    refused boolean[] := array_fill(false, ARRAY[cardinality(draft_sizes)]);
    takens bytea[] := '{{}}';
    lost_streams text[] := '{{}}';
    lost_keys integer[] := '{{}}';
    -- Of full length from the start: what is unnested below has to begin at 1.
    firsts bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(draft_sizes)]);
    lasts bigint[] := firsts;
    positions bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(row_states)]);
    leaves bytea[] := array_fill(NULL::bytea, ARRAY[cardinality(row_states)]);
    stale integer[];
    hit record;
    reading text;
    ending bytea;
    peaks bytea[];
    depth integer;
    grown bigint;
    bits bigint;
    node bytea;
    first_person text;
    place integer := 0;
BEGIN
    SELECT * INTO STRICT before FROM {head} ORDER BY size DESC LIMIT 1 FOR UPDATE;
    reading := coalesce(
        given_clock, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    );
    stamped := greatest(reading COLLATE "C", before.recorded_at);
    IF reading COLLATE "C" < before.recorded_at THEN
        clock_read := reading;
    END IF;

    -- The id is asked first, so that a repetition gets its first answer whatever has changed since.
    FOR hit IN
        SELECT array_position(draft_ids, old.id) AS draft, old.content, old.first, old.last
        FROM {commands} AS old WHERE old.id = ANY (draft_ids)
    LOOP
        refused[hit.draft] := true;
        takens[hit.draft] := hit.content;
        firsts[hit.draft] := hit.first;
        lasts[hit.draft] := hit.last;
    END LOOP;

    SELECT array_agg(seen.number) INTO stale
    FROM unnest(seen_streams, seen_versions) WITH ORDINALITY AS seen (stream, version, number)
    WHERE seen.version <> coalesce(
        (SELECT max(r.originator_version) FROM {records} AS r WHERE r.originator_id = seen.stream::{id}), 0
    );
    IF stale IS NOT NULL THEN
        FOR hit IN
            SELECT DISTINCT ON (guard.draft) guard.draft, guard.seen
            FROM unnest(guard_drafts, guard_seen) WITH ORDINALITY AS guard (draft, seen, number)
            WHERE guard.seen = ANY (stale) ORDER BY guard.draft, guard.number
        LOOP
            IF NOT refused[hit.draft] THEN
                refused[hit.draft] := true;
                lost_streams[hit.draft] := seen_streams[hit.seen];
            END IF;
        END LOOP;
    END IF;

    IF cardinality(key_drafts) > 0 THEN
        FOR hit IN
            SELECT wanted.draft, wanted.place
            FROM unnest(key_drafts, key_kinds, key_scopes, key_codes) WITH ORDINALITY
                AS wanted (draft, kind, scope, code, place)
            JOIN {keys} AS k ON k.kind = wanted.kind AND k.code = wanted.code AND k.scope = wanted.scope
            ORDER BY wanted.place
        LOOP
            IF NOT refused[hit.draft] THEN
                refused[hit.draft] := true;
                lost_keys[hit.draft] := hit.place;
            END IF;
        END LOOP;
    END IF;

    -- Positions and the tree: what stands in adapters/seal/header.py (finish) and tree.py (push_in_place).
    grown := before.size;
    peaks := before.frontier;
    depth := cardinality(peaks);
    first_person := before.founder;
    ending := convert_to(stamped || E'\n', 'UTF8');
    FOR draft IN 1 .. cardinality(draft_sizes) LOOP
        IF draft_founds[draft] AND first_person IS NOT NULL THEN
            refused[draft] := true;
        END IF;
        IF refused[draft] THEN
            place := place + draft_sizes[draft];
            CONTINUE;
        END IF;
        first_person := coalesce(first_person, draft_people[draft]);
        firsts[draft] := grown + 1;
        FOR each IN 1 .. draft_sizes[draft] LOOP
            place := place + 1;
            node := sha256(
                '\x00'::bytea || convert_to(E'dg1\n' || (grown + 1) || E'\n', 'UTF8') || row_prepared[place] || ending
            );
            leaves[place] := node;
            bits := grown;
            WHILE bits & 1 = 1 LOOP
                node := sha256('\x01'::bytea || peaks[depth] || node);
                depth := depth - 1;
                bits := bits >> 1;
            END LOOP;
            depth := depth + 1;
            peaks[depth] := node;
            grown := grown + 1;
            positions[place] := grown;
        END LOOP;
        lasts[draft] := grown;
    END LOOP;

    IF NOT true = ALL (refused) THEN
        INSERT INTO {records}
            SELECT new.stream::{id}, new.version, new.topic, new.state, new.position, stamped, new.leaf
            FROM unnest(row_streams, row_versions, row_topics, row_states, positions, leaves)
                AS new (stream, version, topic, state, position, leaf)
            WHERE new.position IS NOT NULL;
        INSERT INTO {commands}
            SELECT new.id, new.content, new.first, new.last
            FROM unnest(draft_ids, draft_contents, firsts, lasts, refused) AS new (id, content, first, last, refused)
            WHERE new.id IS NOT NULL AND NOT new.refused;
        IF cardinality(key_drafts) > 0 THEN
            INSERT INTO {keys}
                SELECT new.kind, new.scope, new.code, new.stream
                FROM unnest(key_drafts, key_kinds, key_scopes, key_codes, key_streams)
                    AS new (draft, kind, scope, code, stream)
                WHERE NOT refused[new.draft];
        END IF;
        node := peaks[depth];
        FOR level IN REVERSE depth - 1 .. 1 LOOP
            node := sha256('\x01'::bytea || peaks[level] || node);
        END LOOP;
        UPDATE {head}
            SET size = grown, frontier = peaks[1:depth], root = coalesce(node, root), recorded_at = stamped,
                founder = first_person
            WHERE size = before.size;
        PERFORM pg_notify({channel}, '');
    END IF;

    FOR draft IN 1 .. cardinality(draft_sizes) LOOP
        first_at := firsts[draft];
        last_at := lasts[draft];
        taken := takens[draft];
        lost_stream := lost_streams[draft];
        lost_key := lost_keys[draft];
        RETURN NEXT;
    END LOOP;
END
$$;
