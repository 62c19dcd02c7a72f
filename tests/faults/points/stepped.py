"""What the steps of a day are killed in, and the points there that no step comes to."""

from __future__ import annotations

STORE = (
    *("assessments", "cards", "central", "central_fields", "central_readings", "central_sums", "database"),
    *("findings", "kinds", "leaving_wells", "merged_readings", "merging", "passports"),
    *("readings", "records", "rollups", "rows", "unread", "versions", "well_tests", "wells_made"),
)
SERVICES = (
    *("centre/conflicts", "centre/joining", "centre/sync", "imports/importing", "imports/replacing"),
    *("imports/templates", "imports/watching", "imports/writing", "records/applying", "records/documents"),
    *("records/entries", "reports/clippings", "reports/files", "reports/table_files"),
    *("reports/templates", "table_layouts", "wells/catalogue", "wells/computed_pens", "wells/listing"),
    *("wells/trend_views", "wells/visits"),
)
CENTRE = (
    *("file_imports", "file_upload", "file_wells", "ingest", "kept", "names/wells", "refused", "replay"),
    *("stores/audit", "stores/bindings", "stores/dead_letters", "stores/items", "stores/learning"),
    *("stores/leases", "stores/migrating", "stores/models", "stores/recent", "stores/request_keys"),
    *("stores/offsets", "stores/places", "stores/roles", "stores/site_keys", "stores/tags"),
    *("opcua/certificates", "opcua/taking", "streams/kafka_places", "unsent", "watching"),
)
STEPPED = (
    *("app/models/recovery.py", "app/sync/eviction.py", "app/sync/sanity.py"),
    *(f"app/models/store/{name}.py" for name in STORE),
    *(f"app/services/{name}.py" for name in SERVICES),
    *(f"central/{name}.py" for name in CENTRE),
)
ELSEWHERE = {
    "app/models/store/cards:add:writing": "tests/models/test_merged_in_the_cache.py",
    "app/models/store/cards:put_figures:": "tests/services/test_equipment_of_days.py",
    "app/models/store/cards:take_out:": "tests/sync/test_pull_readings.py",
    "app/models/store/central:_follow:": "tests/sync/test_merged_wells.py",
    "app/models/store/central:forget:": "tests/services/test_deeds.py",
    "app/models/store/database:_rollback:": "tests/models/test_store.py",
    "app/models/store/database:_open_repairing:replace": "tests/faults/test_damage.py",
    "app/models/store/database:_known:touch": "tests/faults/test_damage.py",
    "app/models/store/central_sums:begin_part:": "tests/sync/test_lied_to.py",
    "app/models/store/central_sums:forget_histories:": "tests/sync/test_lied_to.py",
    "app/models/store/central_sums:leave_untold_wells:": "tests/sync/test_lied_to.py",
    "app/models/store/leaving_wells:is_bare:": "tests/sync/test_rights.py",
    "app/models/store/leaving_wells:remove:": "tests/services/test_demo_building.py",
    "app/models/store/passports:taken_back:": "tests/services/test_deeds.py",
    "app/models/store/readings:_roll_up:": "tests/models/test_store.py",
    "app/models/store/records:put_installations:": "tests/services/test_equipment.py",
    "app/models/store/records:put_flow_tests:": "tests/services/test_reports.py",
    "app/models/store/records:put_events:": "tests/services/test_reports.py",
    "app/models/store/records:put_lab_results:": "tests/services/test_importing_and_exporting.py",
    "app/models/store/unread:drop:": "tests/sync/test_newer_than_this_program.py",
    "app/models/store/wells_made:named:": "tests/services/test_import_of_tables.py",
    "app/models/store/wells_made:placed:": "tests/services/test_import_of_tables.py",
    "app/services/centre/conflicts:": "tests/services/test_deeds.py",
    "app/services/imports/importing:stand_again:": "tests/services/test_import_of_tables.py",
    "app/services/imports/replacing:taken_out:": "tests/services/test_import_of_tables.py",
    "app/services/imports/templates:": "tests/services/test_files_of_newer_versions.py",
    "app/services/records/applying:settle_drafts:": "tests/services/test_importing_and_exporting.py",
    "app/services/records/documents:fetch:": "tests/sync/test_between_two_laptops.py",
    "app/services/reports/files:": "tests/services/test_reports_of_several.py",
    "app/services/reports/table_files:write_table:unlink": "tests/services/test_importing_and_exporting.py",
    "central/file_imports:_take_batch:": "tests/sync/test_between_two_laptops.py",
    "central/file_imports:undo:execute": "tests/sync/test_between_two_laptops.py",
    "central/file_wells:": "tests/sync/test_wells_of_the_centre.py",
    "central/ingest:ingest:insert_readings": "tests/central/test_streams.py",
    "central/opcua/certificates:own:": "tests/central/test_opcua_secured.py",
    "central/streams/kafka_places:keeping:begin": "tests/central/test_kafka_places.py",
    "central/replay:_settle:add": "tests/central/test_dead_letters.py",
    "central/stores/audit:rows:": "tests/central/test_audit.py",
    "central/stores/dead_letters:replace:execute": "tests/central/test_dead_letters.py",
    "central/unsent:take_open:accept": "tests/central/test_unsent.py",
    "central/unsent:_keep:": "tests/central/test_unsent.py",
}
"""Where they are tried, without a kill at each: imports of other kinds, ways back from errors, what is asked
over the network.
"""
