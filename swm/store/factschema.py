"""The fact tables: what a commit's files say, one fact a row, the fold's results among them.

ASCII names, ISO days as text, 0/1 for no and yes, Chinese only in values, so that the figures' SQL
means the same to any engine. An open end is `9999-12-31`, so that a comparison is enough.
"""

from __future__ import annotations

import re
import zlib

from swm.domain.kinds import (
    ACTIVITY,
    ADMISSION,
    COMPLAINT,
    DUTY,
    ENTERPRISE,
    PATROL,
    PREMISES,
    REPORT,
    SCORE,
    Kind,
)

FOREVER = "9999-12-31"

NEAR = frozenset({"unreadable", "base", "village", "enterprise", "link"})
"""The tables that the commands of every hour read: a tenth of the whole. They are kept in a file
of their own, since a file is checked byte for byte before anything in it is believed."""
FAR = "far"
"""The schema that holds all others."""

TABLES = """
-- every file that facts were drawn from, and what could not be read
CREATE TABLE file (path TEXT PRIMARY KEY, blob TEXT, id TEXT) WITHOUT ROWID;
CREATE TABLE unreadable (path TEXT, code TEXT, level TEXT, line INTEGER, field TEXT,
  message TEXT, hint TEXT);

-- the day on which 期初 stands: look-backs of old cases count from it
CREATE TABLE base (opening_date TEXT);

-- the roster: under which village a name is counted, from when to when
CREATE TABLE village (name TEXT, counted_as TEXT, since TEXT, until TEXT);

-- one row an enterprise: where it stands after all its records, and its profile; what lists show
-- comes first. `cleared_on` is the first day on which it stood delisted
CREATE TABLE enterprise (id TEXT PRIMARY KEY, serial INTEGER, name TEXT, village TEXT,
  state TEXT, category TEXT, former_category TEXT, round INTEGER, deadline TEXT,
  awaiting INTEGER, since_day TEXT, round_day TEXT, listed_on TEXT, delisted_on TEXT,
  opening INTEGER, extensions INTEGER, is_listed INTEGER, is_delisted INTEGER,
  must_stop INTEGER, last_visit_on TEXT, cleared_on TEXT,
  former_names TEXT, initials TEXT, licence TEXT, uscc TEXT, operator TEXT, phone TEXT, grid TEXT,
  address TEXT, position TEXT, premises TEXT, industry TEXT, product TEXT, traits TEXT,
  meter TEXT, source TEXT, note TEXT) WITHOUT ROWID;

-- where it stood from on_day up to the day before until_day; `number` is the record that did it
CREATE TABLE standing (id TEXT, on_day TEXT, until_day TEXT, number INTEGER, state TEXT,
  category TEXT, former_category TEXT, round INTEGER, deadline TEXT, awaiting INTEGER,
  since_day TEXT, round_day TEXT, listed_on TEXT, delisted_on TEXT, opening INTEGER,
  extensions INTEGER, is_listed INTEGER, is_delisted INTEGER, must_stop INTEGER,
  PRIMARY KEY (id, on_day)) WITHOUT ROWID;

-- one row a record that counts, in the order of the fold
CREATE TABLE step (id TEXT, seq INTEGER, number INTEGER, type TEXT, label TEXT, on_day TEXT,
  entered_day TEXT, is_late INTEGER, before_state TEXT, after_state TEXT, before_category TEXT,
  after_category TEXT, after_deadline TEXT, round INTEGER, opening INTEGER, enters INTEGER,
  first_entry INTEGER, leaves INTEGER, PRIMARY KEY (id, seq)) WITHOUT ROWID;

-- visits: `trip` is the outing it belongs to, `people` how many went, the leader included;
-- `again` tells that an earlier visit of the enterprise belongs to the same outing
CREATE TABLE visit (id TEXT, seq INTEGER, number INTEGER, on_day TEXT, clock TEXT, kind TEXT,
  result TEXT, unlawful INTEGER, rebound INTEGER, trip INTEGER, again INTEGER, people INTEGER, team TEXT,
  leader TEXT, patrol TEXT, state TEXT, category TEXT, round INTEGER, was_delisted INTEGER,
  opening INTEGER, police_at TEXT, reported_at TEXT, verdict TEXT, again_on TEXT,
  outside INTEGER, official INTEGER, police_came TEXT, officers_came TEXT,
  PRIMARY KEY (id, seq)) WITHOUT ROWID;

-- every outing (次) once, over all the enterprises it came to: kept in step with `visit` and `patrol`.
-- `home` is the village it stayed in, if it stayed in one; `title` names a patrol that came to none
CREATE TABLE outing_total (trip INTEGER PRIMARY KEY, on_day TEXT, kind TEXT, firms INTEGER,
  spots INTEGER, people INTEGER, id TEXT, title TEXT, home TEXT);

-- acts, with what stood before and after them
CREATE TABLE act (id TEXT, seq INTEGER, number INTEGER, on_day TEXT, action TEXT,
  before_state TEXT, after_state TEXT, before_category TEXT, after_category TEXT,
  before_deadline TEXT, before_awaiting INTEGER, after_deadline TEXT, round INTEGER,
  opening INTEGER, was_listed INTEGER, was_delisted INTEGER, now_listed INTEGER,
  now_delisted INTEGER, departments TEXT, nature TEXT, outcome TEXT, method TEXT, moved_to TEXT,
  reason TEXT, related TEXT, paper TEXT, paper_number TEXT, served_on TEXT, approved INTEGER,
  level TEXT, heads INTEGER, PRIMARY KEY (id, seq)) WITHOUT ROWID;

CREATE TABLE service (id TEXT, number INTEGER, on_day TEXT, of_number INTEGER, method TEXT,
  deadline TEXT);
CREATE TABLE transfer (id TEXT, number INTEGER, on_day TEXT, to_agency TEXT, matter TEXT,
  received_on TEXT, answered_on TEXT, letter TEXT, answer TEXT);

-- 文书登记簿: every paper, also of records that count no more (a number is never used twice);
-- code, year and serial are its number taken apart, `own` that a township's body issued it,
-- `upward` that it is written to an authority and served on nobody
CREATE TABLE paper (id TEXT, number INTEGER, on_day TEXT, name TEXT, paper_number TEXT, code TEXT,
  year INTEGER, serial INTEGER, issuer TEXT, nature TEXT, own INTEGER, of_act INTEGER,
  upward INTEGER, served_on TEXT, served_by TEXT, withdrawn INTEGER, revoked_on TEXT);

-- 处置, and the unlawful production of the present round about which none says anything
CREATE TABLE disposal (id TEXT, number INTEGER, on_day TEXT, of_number INTEGER, measure TEXT,
  deadline TEXT, done_on TEXT);
CREATE TABLE undisposed (id TEXT, number INTEGER, on_day TEXT, kind TEXT, result TEXT);

-- 联合执法: one row for each department that took part; the one that has to be taken up again
CREATE TABLE taking_part (id TEXT, number INTEGER, on_day TEXT, departments TEXT, department TEXT);
CREATE TABLE put_off (id TEXT, number INTEGER, on_day TEXT, outcome TEXT, again_on TEXT, why TEXT);
-- 报区验收: what lies with the county now
CREATE TABLE submission (id TEXT, number INTEGER, on_day TEXT);
CREATE TABLE pending (id TEXT, number INTEGER, type TEXT, label TEXT, on_day TEXT);
CREATE TABLE assignment (id TEXT, role TEXT, person TEXT, department TEXT, since TEXT,
  until TEXT);

-- 回头看: those that fall due after a 销号, up to three years beyond the last record; owed until
-- left_on, the day on which the enterprise was taken up again or removed
CREATE TABLE lookback (id TEXT, due_on TEXT, name TEXT, done_on TEXT, number INTEGER, late INTEGER,
  state TEXT, category TEXT, round INTEGER, opening INTEGER, left_on TEXT,
  PRIMARY KEY (due_on, id)) WITHOUT ROWID;
-- everybody whom a file names, in whatever field, also in what was corrected or withdrawn since
CREATE TABLE person (name TEXT, id TEXT, PRIMARY KEY (name, id)) WITHOUT ROWID;

-- 包保: from when to when a required role was filled by nobody
CREATE TABLE uncovered (id TEXT, since TEXT, until TEXT, roles TEXT);

-- premises: who owes a letter, which letters hold, from when to when (both days included)
CREATE TABLE premises (id TEXT PRIMARY KEY, serial INTEGER, village TEXT, address TEXT, area TEXT,
  use TEXT, meter TEXT, registered TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE owner (premises TEXT, name TEXT, kind TEXT, phone TEXT, since TEXT, until TEXT);
CREATE TABLE tenant (premises TEXT, name TEXT, since TEXT, until TEXT);
CREATE TABLE owes (premises TEXT, since TEXT, until TEXT);
CREATE TABLE letter (premises TEXT, number TEXT, kind TEXT, landlord TEXT, on_day TEXT,
  until_day TEXT, entered_day TEXT, voided_on TEXT);
CREATE TABLE letter_status (premises TEXT, number TEXT, since TEXT, until TEXT, status TEXT);

-- one row a clearing of a tenant: its steps, the step that is still to be taken and by when
CREATE TABLE clearing (premises TEXT, tenant TEXT, noticed_on TEXT, document TEXT, cleared_on TEXT,
  reported_on TEXT, next_step TEXT, due_on TEXT);

-- the numbers that the papers of clearings bear, those of withdrawn steps too
CREATE TABLE clearing_paper (premises TEXT, number INTEGER, code TEXT, year INTEGER,
  serial INTEGER);

-- what a registration says of an earlier enterprise: 原址再生, 异地转移
CREATE TABLE link (id TEXT, number INTEGER, kind TEXT, related TEXT);

-- 准入: one row an application as it stands after all its rulings, and one a ruling: the decision
-- that stood from on_day up to the day before until_day
CREATE TABLE admission (id TEXT PRIMARY KEY, serial INTEGER, on_day TEXT, entered_day TEXT,
  kind TEXT, name TEXT, village TEXT, premises TEXT, address TEXT, industry TEXT, advice TEXT,
  decision TEXT, decided_on TEXT, due_on TEXT, reasons TEXT) WITHOUT ROWID;
CREATE TABLE ruling (id TEXT, number INTEGER, on_day TEXT, until_day TEXT, advice TEXT,
  decision TEXT, reasons TEXT);

-- 宣传、培训、会议、零报告: one row an activity, counted in its own unit
CREATE TABLE activity (id TEXT PRIMARY KEY, serial INTEGER, on_day TEXT, entered_day TEXT,
  kind TEXT, title TEXT, form TEXT, village TEXT, place TEXT, people INTEGER, copies INTEGER,
  pieces INTEGER, note TEXT, topics TEXT, decisions INTEGER, period TEXT, counted_day TEXT) WITHOUT ROWID;
-- the enterprises that an activity exposed as cases
CREATE TABLE exposure (activity TEXT, enterprise TEXT, on_day TEXT);

-- village scoring: what was entered by hand, and what was announced; points in tenths
CREATE TABLE score_entry (id TEXT, number INTEGER, period TEXT, on_day TEXT, village TEXT,
  item TEXT, points INTEGER, reason TEXT);
CREATE TABLE announced (id TEXT, number INTEGER, edition INTEGER, period TEXT, end_day TEXT,
  on_day TEXT, version TEXT, place INTEGER, village TEXT, points INTEGER, grade TEXT, rank INTEGER);
CREATE TABLE announced_grade (id TEXT, number INTEGER, place INTEGER, grade TEXT, villages INTEGER);

-- patrols over several places: `trip` as in visit, `firms` enterprises called at (their records
-- are visits), `village` the one it went through, if one, `spots` what was seen at premises and free points, a row each; and the duty roster
CREATE TABLE patrol (id TEXT PRIMARY KEY, serial INTEGER, trip INTEGER, on_day TEXT,
  entered_day TEXT, started TEXT, ended TEXT, kind TEXT, official INTEGER, agency TEXT,
  leader TEXT, team TEXT, people INTEGER, villages TEXT, village TEXT, firms INTEGER,
  spots INTEGER, seed TEXT, title TEXT) WITHOUT ROWID;
CREATE TABLE spot (patrol TEXT, number INTEGER, on_day TEXT, clock TEXT, kind TEXT, place TEXT,
  village TEXT, result TEXT, found TEXT);
CREATE TABLE duty (roster TEXT, on_day TEXT, leader TEXT, team TEXT);

-- 举报、上级交办: one row each, and one for every 核查 and for every enterprise it is about.
-- The source's number is not here; `checked_on` is the first 核查, `answerable` a yes or no
CREATE TABLE complaint (id TEXT PRIMARY KEY, serial INTEGER, on_day TEXT, entered_day TEXT,
  source TEXT, assigned INTEGER, village TEXT, summary TEXT, duplicate_of TEXT, deadline TEXT,
  handler TEXT, answerable INTEGER, checked_on TEXT, conclusion TEXT, is_true INTEGER,
  answered_on TEXT, satisfied INTEGER, closed_on TEXT, state TEXT, extensions INTEGER) WITHOUT ROWID;
CREATE TABLE complaint_check (id TEXT, number INTEGER, on_day TEXT, until_day TEXT,
  conclusion TEXT, is_true INTEGER, PRIMARY KEY (id, number)) WITHOUT ROWID;
CREATE TABLE complaint_about (id TEXT, enterprise TEXT, PRIMARY KEY (id, enterprise)) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX village_name ON village (name);
CREATE INDEX step_day ON step (on_day);
CREATE INDEX step_late ON step (entered_day) WHERE entered_day > on_day;
CREATE INDEX step_entry ON step (on_day) WHERE first_entry = 1;
CREATE INDEX step_registered ON step (on_day) WHERE type = '登记';
CREATE INDEX visit_by_village ON visit (on_day) WHERE kind = '村级排查';
CREATE INDEX visit_day ON visit (on_day, kind, state, again);
CREATE INDEX visit_trip ON visit (trip);
CREATE INDEX visit_rebound ON visit (on_day) WHERE rebound = 1;
CREATE INDEX visit_official ON visit (on_day) WHERE official = 1;
CREATE INDEX visit_outside ON visit (on_day) WHERE outside = 1;
CREATE INDEX outing_total_day ON outing_total (on_day, kind, people);
CREATE INDEX act_action ON act (action, on_day);
CREATE INDEX act_closing ON act (on_day) WHERE was_delisted = 0 AND now_delisted = 1;
CREATE INDEX act_leaving ON act (on_day) WHERE was_listed = 1 AND now_listed = 0;
CREATE INDEX service_id ON service (id);
CREATE INDEX transfer_id ON transfer (id);
CREATE INDEX transfer_day ON transfer (on_day);
CREATE INDEX paper_id ON paper (id);
CREATE INDEX paper_day ON paper (on_day);
CREATE INDEX paper_served ON paper (served_on);
CREATE INDEX disposal_id ON disposal (id);
CREATE INDEX disposal_day ON disposal (on_day);
CREATE INDEX undisposed_id ON undisposed (id);
CREATE INDEX taking_part_id ON taking_part (id);
CREATE INDEX taking_part_day ON taking_part (on_day);
CREATE INDEX put_off_id ON put_off (id);
CREATE INDEX submission_id ON submission (id);
CREATE INDEX pending_id ON pending (id);
CREATE INDEX assignment_id ON assignment (id);
CREATE INDEX assignment_person ON assignment (person);
CREATE INDEX lookback_id ON lookback (id);
CREATE INDEX uncovered_id ON uncovered (id);
CREATE INDEX owner_id ON owner (premises, name);
CREATE INDEX person_id ON person (id);
CREATE INDEX tenant_id ON tenant (premises);
CREATE INDEX owes_id ON owes (premises);
CREATE INDEX letter_id ON letter (premises, on_day);
CREATE INDEX activity_day ON activity (counted_day);
CREATE INDEX exposure_id ON exposure (activity);
CREATE INDEX score_entry_id ON score_entry (id);
CREATE INDEX announced_id ON announced (id);
CREATE INDEX announced_grade_id ON announced_grade (id);
CREATE INDEX tenant_name ON tenant (name);
CREATE INDEX owner_name ON owner (name);
CREATE INDEX enterprise_premises ON enterprise (premises) WHERE premises IS NOT NULL;
CREATE INDEX enterprise_operator ON enterprise (operator);
CREATE INDEX enterprise_address ON enterprise (address) WHERE cleared_on IS NOT NULL;
CREATE INDEX visit_unlawful ON visit (on_day) WHERE unlawful = 1;
CREATE INDEX clearing_id ON clearing (premises);
CREATE INDEX clearing_paper_id ON clearing_paper (premises);
CREATE INDEX link_id ON link (id);
CREATE INDEX link_related ON link (related);
CREATE INDEX admission_day ON admission (on_day);
CREATE INDEX admission_premises ON admission (premises);
CREATE INDEX ruling_id ON ruling (id);
CREATE INDEX letter_status_id ON letter_status (premises);
CREATE INDEX patrol_day ON patrol (on_day);
CREATE INDEX spot_day ON spot (on_day);
CREATE INDEX visit_night ON visit (id, on_day) WHERE kind = '夜查';
CREATE INDEX duty_day ON duty (on_day);
CREATE INDEX complaint_day ON complaint (on_day);
CREATE INDEX complaint_deadline ON complaint (deadline);
CREATE INDEX complaint_closed ON complaint (closed_on);
CREATE INDEX complaint_check_day ON complaint_check (on_day);
PRAGMA analysis_limit = 400;
ANALYZE;
"""

OUTING_TOTALS = """
INSERT INTO outing_total
SELECT v.trip, MIN(v.on_day), MIN(v.kind), COUNT(DISTINCT v.id), 0, MAX(v.people), MIN(v.id), NULL,
       CASE WHEN MIN(e.village) = MAX(e.village) THEN MIN(e.village) ELSE '' END
FROM visit v JOIN enterprise e ON e.id = v.id {where_visit} GROUP BY v.trip
UNION ALL
SELECT p.trip, p.on_day, p.kind, 0, p.spots, p.people, p.id, p.title, p.village
FROM patrol p WHERE p.firms = 0 {and_patrol}
"""
"""What fills `outing_total`: for all outings, or for those that are named."""

_OWNED: dict[Kind, dict[str, str]] = {
    ENTERPRISE: {
        "enterprise": "id",
        "standing": "id",
        "step": "id",
        "visit": "id",
        "act": "id",
        "service": "id",
        "transfer": "id",
        "paper": "id",
        "disposal": "id",
        "undisposed": "id",
        "taking_part": "id",
        "put_off": "id",
        "submission": "id",
        "pending": "id",
        "assignment": "id",
        "link": "id",
        "lookback": "id",
        "uncovered": "id",
    },
    PREMISES: {
        "premises": "id",
        "owner": "premises",
        "tenant": "premises",
        "owes": "premises",
        "letter": "premises",
        "letter_status": "premises",
        "clearing": "premises",
        "clearing_paper": "premises",
    },
    ACTIVITY: {"activity": "id", "exposure": "activity"},
    SCORE: {"score_entry": "id", "announced": "id", "announced_grade": "id"},
    PATROL: {"patrol": "id", "spot": "patrol"},
    REPORT: {},
    DUTY: {"duty": "roster"},
    COMPLAINT: {"complaint": "id", "complaint_check": "id", "complaint_about": "id"},
    ADMISSION: {"admission": "id", "ruling": "id"},
}
OWNED = {kind: {**tables, "person": "id"} for kind, tables in _OWNED.items()}
"""For each kind of file its tables, and the column that names the file: its rows go together."""


def in_two(script: str) -> str:
    """The statements that make tables and indexes, all but those of `NEAR` made in `FAR`."""

    def placed(match: re.Match[str]) -> str:
        make, name, table = match.groups()
        return match[0] if (table or name) in NEAR else f"{make}{FAR}.{match[0][len(make) :]}"

    return re.sub(r"(CREATE (?:TABLE|INDEX) )(\w+)(?: ON (\w+))?", placed, script)


def signature(program: str) -> str:
    """Eight hex digits that differ whenever the program or its tables do."""
    return f"{zlib.crc32(f'{program}{sorted(NEAR)}{TABLES}{INDEXES}'.encode()):08x}"
