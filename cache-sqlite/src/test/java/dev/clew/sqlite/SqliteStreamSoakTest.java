package dev.clew.sqlite;

import dev.clew.contracts.engine.StreamSoakSuite;

final class SqliteStreamSoakTest extends StreamSoakSuite implements OnSqlite {}
