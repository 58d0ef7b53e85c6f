-- The tables as version one made them, with a day of work in them: what is out in the field.
CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
CREATE TABLE orders(
        order_id TEXT PRIMARY KEY,
        opened_at INTEGER NOT NULL,
        service TEXT NOT NULL,
        holder_digest TEXT NOT NULL,
        personalisation_sealed BLOB,
        application_no TEXT,
        permit_id TEXT,
        lane INTEGER,
        card_number TEXT,
        card_id_code TEXT,
        state TEXT NOT NULL,
        ending TEXT,
        ended_at INTEGER,
        pickup_code TEXT) STRICT;
CREATE INDEX orders_by_holder ON orders(holder_digest, state);
CREATE TABLE journal(
        entry INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id TEXT NOT NULL REFERENCES orders,
        step TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        phase TEXT NOT NULL CHECK(phase IN ('intent','fact','failure')),
        at INTEGER NOT NULL,
        detail TEXT NOT NULL) STRICT;
CREATE INDEX journal_by_order ON journal(order_id, entry);
CREATE TABLE places(
        place TEXT PRIMARY KEY,
        balance INTEGER NOT NULL CHECK(balance >= 0 OR place = 'bank'),
        capacity INTEGER) STRICT;
CREATE TABLE moves(
        move INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        from_place TEXT NOT NULL REFERENCES places,
        to_place TEXT NOT NULL REFERENCES places,
        quantity INTEGER NOT NULL CHECK(quantity > 0),
        card_number TEXT,
        reason TEXT NOT NULL,
        order_id TEXT) STRICT;
CREATE INDEX moves_by_card ON moves(card_number) WHERE card_number IS NOT NULL;
CREATE TABLE cards(
        card_number TEXT PRIMARY KEY,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL,
        lane INTEGER,
        place TEXT NOT NULL REFERENCES places,
        condition TEXT NOT NULL,
        order_id TEXT,
        changed_at INTEGER NOT NULL) STRICT;
CREATE INDEX cards_by_place ON cards(place, condition);
CREATE TABLE lanes(
        lane INTEGER PRIMARY KEY,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL) STRICT;
CREATE TABLE outbox(
        fact INTEGER PRIMARY KEY AUTOINCREMENT,
        terminal_seq INTEGER NOT NULL UNIQUE,
        order_id TEXT NOT NULL,
        message_type TEXT NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE,
        happened_at INTEGER NOT NULL,
        body_sealed BLOB,
        state TEXT NOT NULL CHECK(state IN ('queued','delivered','parked')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,
        delivered_at INTEGER) STRICT;
CREATE INDEX outbox_waiting ON outbox(state, order_id, fact);
INSERT INTO places VALUES('bank', -10, NULL), ('hopper-1', 8, 100), ('holder', 1, NULL),
    ('reject-bin', 1, 30), ('hold-bin', 0, 30), ('chip-station', 0, 1), ('transport', 0, 1),
    ('mouth', 0, 1), ('vault', 0, NULL), ('missing', 0, NULL), ('old-card-bin', 0, 30);
INSERT INTO moves(at, from_place, to_place, quantity, card_number, reason, order_id) VALUES
    (1717200000000, 'bank', 'hopper-1', 10, NULL, 'loaded', NULL),
    (1717200060000, 'hopper-1', 'chip-station', 1, NULL, 'fed', 'T-1-20240601-000001'),
    (1717200120000, 'chip-station', 'mouth', 1, 'A00000003', 'presented', 'T-1-20240601-000001'),
    (1717200180000, 'mouth', 'holder', 1, 'A00000003', 'taken', 'T-1-20240601-000001'),
    (1717200240000, 'hopper-1', 'chip-station', 1, NULL, 'fed', NULL),
    (1717200300000, 'chip-station', 'reject-bin', 1, NULL, 'mute', NULL);
INSERT INTO cards VALUES('A00000003', 'B01', 'V1', 1, 'holder', 'finished',
    'T-1-20240601-000001', 1717200180000);
INSERT INTO lanes VALUES(1, 'B01', 'V1');
PRAGMA user_version = 1;
