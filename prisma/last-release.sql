-- The statements of 0.1.0, written by scripts/release-statements.mjs.

-- ;
DELETE FROM "public"."dish_times" WHERE 1=1

-- ;
DELETE FROM "public"."environment_stamp" WHERE 1=1

-- ;
DELETE FROM "public"."memberships" WHERE (("public"."memberships"."person_id" = $1 AND "public"."memberships"."restaurant_id" = $2) AND 1=1) RETURNING "public"."memberships"."person_id", "public"."memberships"."restaurant_id", "public"."memberships"."role", "public"."memberships"."pin_hash", "public"."memberships"."created_at"

-- ;
DELETE FROM "public"."orders" WHERE "public"."orders"."id" IN ($1,$2,$3)

-- ;
DELETE FROM "public"."outbox" WHERE 1=1

-- ;
DELETE FROM "public"."parked_messages" WHERE "public"."parked_messages"."order_id" = $1

-- ;
DELETE FROM "public"."parked_messages" WHERE 1=1

-- ;
DELETE FROM "public"."settings" WHERE 1=1

-- ;
DELETE FROM changes WHERE at < now() - $1 * interval '1 minute'

-- ;
DELETE FROM dish_times WHERE ready_at < now() - $1 * interval '1 day'

-- ;
DELETE FROM dish_times d USING (SELECT o.id AS order_id, o.received_at, l.id FROM (SELECT id FROM jsonb_array_elements_text($1::jsonb) AS id) ids CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o CROSS JOIN LATERAL (SELECT * FROM line_items WHERE line_items.order_id = o.id OFFSET 0) l WHERE l.ready_at IS NULL) gone
    WHERE d.order_id = gone.order_id AND d.received_at = gone.received_at AND d.line_id = gone.id

-- ;
DELETE FROM kitchen_actions WHERE order_id IS NULL AND at < now() - $1 * interval '1 day'

-- ;
DELETE FROM memberships WHERE person_id = $1::uuid AND restaurant_id = $2

-- ;
DELETE FROM orders WHERE id = $1

-- ;
DELETE FROM outbox WHERE sent_at < now() - interval '30 days'

-- ;
DELETE FROM rate_limits WHERE expire < (extract(epoch FROM now()) * 1000)::bigint

-- ;
DELETE FROM routing_rules WHERE station_id IN (SELECT id FROM stations WHERE restaurant_id = $1)

-- ;
DELETE FROM sessions WHERE expires_at < now() - interval '30 days' OR revoked_at < now() - interval '30 days'

-- ;
DELETE FROM settings WHERE key = $1

-- ;
DELETE FROM sold_out_dishes WHERE restaurant_id = $1 AND key = $2

-- ;
DELETE FROM staff_sign_ins WHERE open_on IS NULL AND ended_at < now() - interval '30 days'

-- ;
DELETE FROM ticket_times WHERE bumped_at < now() - $1 * interval '1 day'

-- ;
INSERT INTO "public"."audit" ("at","actor","action","subject","detail") VALUES ($1,$2,$3,$4,$5) RETURNING "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail"

-- ;
INSERT INTO "public"."devices" ("id","restaurant_id","name","role","created_at","staff_minutes") VALUES ($1,$2,$3,$4,$5,$6) RETURNING "public"."devices"."id", "public"."devices"."restaurant_id", "public"."devices"."name", "public"."devices"."role", "public"."devices"."station_id", "public"."devices"."pairing_hash", "public"."devices"."pairing_expires_at", "public"."devices"."code_hash", "public"."devices"."token_hash", "public"."devices"."created_at", "public"."devices"."paired_at", "public"."devices"."revoked_at", "public"."devices"."staff_minutes"

-- ;
INSERT INTO "public"."devices" ("id","restaurant_id","name","role","station_id","created_at","staff_minutes") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."devices"."id", "public"."devices"."restaurant_id", "public"."devices"."name", "public"."devices"."role", "public"."devices"."station_id", "public"."devices"."pairing_hash", "public"."devices"."pairing_expires_at", "public"."devices"."code_hash", "public"."devices"."token_hash", "public"."devices"."created_at", "public"."devices"."paired_at", "public"."devices"."revoked_at", "public"."devices"."staff_minutes"

-- ;
INSERT INTO "public"."dish_times" ("order_id","received_at","line_id","restaurant_id","number","type","station_id","ticket_id","dish_key","name","quantity","called_at","ready_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) RETURNING "public"."dish_times"."order_id", "public"."dish_times"."received_at", "public"."dish_times"."line_id", "public"."dish_times"."restaurant_id", "public"."dish_times"."number", "public"."dish_times"."type", "public"."dish_times"."station_id", "public"."dish_times"."ticket_id", "public"."dish_times"."dish_key", "public"."dish_times"."name", "public"."dish_times"."quantity", "public"."dish_times"."called_at", "public"."dish_times"."started_at", "public"."dish_times"."ready_at"

-- ;
INSERT INTO "public"."kitchen_actions" ("id","restaurant_id","order_id","kind","command","device_id","by","at","result") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "public"."kitchen_actions"."id", "public"."kitchen_actions"."restaurant_id", "public"."kitchen_actions"."order_id", "public"."kitchen_actions"."kind", "public"."kitchen_actions"."command", "public"."kitchen_actions"."device_id", "public"."kitchen_actions"."person_id", "public"."kitchen_actions"."by", "public"."kitchen_actions"."at", "public"."kitchen_actions"."result"

-- ;
INSERT INTO "public"."line_items" ("order_id","id","position","name","quantity","modifiers","allergens","voided","station_id","ticket_id","state","added_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12), ($13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24), ($25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36)

-- ;
INSERT INTO "public"."memberships" ("person_id","restaurant_id","role","created_at") VALUES ($1,$2,$3,$4) RETURNING "public"."memberships"."person_id", "public"."memberships"."restaurant_id"

-- ;
INSERT INTO "public"."memberships" ("person_id","restaurant_id","role","pin_hash","created_at") VALUES ($1,$2,$3,$4,$5) RETURNING "public"."memberships"."person_id", "public"."memberships"."restaurant_id", "public"."memberships"."role", "public"."memberships"."pin_hash", "public"."memberships"."created_at"

-- ;
INSERT INTO "public"."missing_messages" ("incarnation_id","partition","from_offset","to_offset","at") VALUES ($1,$2,$3,$4,$5), ($6,$7,$8,$9,$10)

-- ;
INSERT INTO "public"."order_history" ("order_id","at","kind","incarnation_id","partition","offset","digest","redelivery") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries"

-- ;
INSERT INTO "public"."order_history" ("order_id","at","kind","status","version","incarnation_id","partition","offset","digest","redelivery") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) RETURNING "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries"

-- ;
INSERT INTO "public"."orders" ("id","restaurant_id","number","status","version","priority","received_at","changed_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note"

-- ;
INSERT INTO "public"."orders" ("id","restaurant_id","status","priority","received_at","changed_at") VALUES ($1,$2,$3,$4,$5,$6) RETURNING "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note"

-- ;
INSERT INTO "public"."outbox" ("subject","body","created_at","attempts","next_attempt_at") VALUES ($1,$2,$3,$4,$5)

-- ;
INSERT INTO "public"."outbox" ("subject","body","created_at","attempts","sent_at") VALUES ($1,$2,$3,$4,$5) RETURNING "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error"

-- ;
INSERT INTO "public"."parked_messages" ("order_id","incarnation_id","partition","offset","status","digest","state","attempts","fetches","parked_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) RETURNING "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at"

-- ;
INSERT INTO "public"."parked_messages" ("order_id","incarnation_id","partition","offset","status","digest","state","attempts","fetches","parked_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10), ($11,$12,$13,$14,$15,$16,$17,$18,$19,$20), ($21,$22,$23,$24,$25,$26,$27,$28,$29,$30), ($31,$32,$33,$34,$35,$36,$37,$38,$39,$40), ($41,$42,$43,$44,$45,$46,$47,$48,$49,$50), ($51,$52,$53,$54,$55,$56,$57,$58,$59,$60), ($61,$62,$63,$64,$65,$66,$67,$68,$69,$70), ($71,$72,$73,$74,$75,$76,$77,$78,$79,$80)

-- ;
INSERT INTO "public"."parked_messages" ("order_id","incarnation_id","partition","offset","status","digest","state","attempts","next_attempt_at","last_error","fetches","parked_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) RETURNING "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at"

-- ;
INSERT INTO "public"."parked_messages" ("order_id","restaurant_id","incarnation_id","partition","offset","status","digest","state","attempts","last_error","fetches","parked_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) RETURNING "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at"

-- ;
INSERT INTO "public"."parked_messages" ("order_id","restaurant_id","incarnation_id","partition","offset","status","digest","state","attempts","next_attempt_at","last_error","fetches","parked_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) RETURNING "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at"

-- ;
INSERT INTO "public"."partition_progress" ("incarnation_id","partition","next_offset") VALUES ($1,$2,$3) RETURNING "public"."partition_progress"."incarnation_id", "public"."partition_progress"."partition", "public"."partition_progress"."next_offset"

-- ;
INSERT INTO "public"."people" ("id","name","email","password_hash","operator","created_at") VALUES ($1,$2,$3,$4,$5,$6) RETURNING "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at"

-- ;
INSERT INTO "public"."people" ("id","name","operator","created_at") VALUES ($1,$2,$3,$4) RETURNING "public"."people"."id"

-- ;
INSERT INTO "public"."rejected_messages" ("incarnation_id","partition","offset","at","reason","headers") VALUES ($1,$2,$3,$4,$5,$6) RETURNING "public"."rejected_messages"."id", "public"."rejected_messages"."incarnation_id", "public"."rejected_messages"."partition", "public"."rejected_messages"."offset", "public"."rejected_messages"."at", "public"."rejected_messages"."reason", "public"."rejected_messages"."key", "public"."rejected_messages"."value", "public"."rejected_messages"."headers"

-- ;
INSERT INTO "public"."rejected_messages" ("incarnation_id","partition","offset","at","reason","key","headers") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."rejected_messages"."id", "public"."rejected_messages"."incarnation_id", "public"."rejected_messages"."partition", "public"."rejected_messages"."offset", "public"."rejected_messages"."at", "public"."rejected_messages"."reason", "public"."rejected_messages"."key", "public"."rejected_messages"."value", "public"."rejected_messages"."headers"

-- ;
INSERT INTO "public"."rejected_messages" ("incarnation_id","partition","offset","at","reason","key","value","headers") VALUES ($1,$2,$3,$4,$5,$6,$7,$8), ($9,$10,$11,$12,$13,$14,$15,$16), ($17,$18,$19,$20,$21,$22,$23,$24), ($25,$26,$27,$28,$29,$30,$31,$32), ($33,$34,$35,$36,$37,$38,$39,$40), ($41,$42,$43,$44,$45,$46,$47,$48)

-- ;
INSERT INTO "public"."restaurants" ("id","name","time_zone","rev","discovered","course_mode","course_gap_seconds","created_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "public"."restaurants"."id"

-- ;
INSERT INTO "public"."restaurants" ("id","name","time_zone","rev","discovered","course_mode","course_gap_seconds","created_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."rev", "public"."restaurants"."discovered", "public"."restaurants"."course_mode", "public"."restaurants"."course_gap_seconds", "public"."restaurants"."created_at"

-- ;
INSERT INTO "public"."restaurants" ("id","name","time_zone","rev","discovered","course_mode","course_gap_seconds","created_at") VALUES ($1,$2,$3,$4,$5,$6,$7,$8), ($9,$10,$11,$12,$13,$14,$15,$16)

-- ;
INSERT INTO "public"."routing_rules" ("id","station_id","position","category") VALUES ($1,$2,$3,$4) RETURNING "public"."routing_rules"."id"

-- ;
INSERT INTO "public"."settings" ("key","value","changed_at") VALUES ($1,$2,$3) RETURNING "public"."settings"."key", "public"."settings"."value", "public"."settings"."changed_at"

-- ;
INSERT INTO "public"."stations" ("id","restaurant_id","name","position","fallback","combine","thresholds") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."stations"."id"

-- ;
INSERT INTO "public"."stations" ("id","restaurant_id","name","position","fallback","combine","thresholds") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds"

-- ;
INSERT INTO "public"."ticket_times" ("ticket_id","order_id","restaurant_id","station_id","fired_at","bumped_at","late_seconds") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."ticket_times"."ticket_id", "public"."ticket_times"."order_id", "public"."ticket_times"."restaurant_id", "public"."ticket_times"."station_id", "public"."ticket_times"."fired_at", "public"."ticket_times"."confirmed_at", "public"."ticket_times"."bumped_at", "public"."ticket_times"."late_seconds"

-- ;
INSERT INTO "public"."ticket_times" ("ticket_id","order_id","restaurant_id","station_id","fired_at","confirmed_at","bumped_at","late_seconds") VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING "public"."ticket_times"."ticket_id", "public"."ticket_times"."order_id", "public"."ticket_times"."restaurant_id", "public"."ticket_times"."station_id", "public"."ticket_times"."fired_at", "public"."ticket_times"."confirmed_at", "public"."ticket_times"."bumped_at", "public"."ticket_times"."late_seconds"

-- ;
INSERT INTO "public"."tickets" ("id","order_id","station_id","firing","state","notices","fired_at") VALUES ($1,$2,$3,$4,$5,$6,$7), ($8,$9,$10,$11,$12,$13,$14)

-- ;
INSERT INTO "public"."topic_incarnations" ("topic","cluster_id","generation","started_at") VALUES ($1,$2,$3,$4) RETURNING "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at"

-- ;
INSERT INTO archived_orders (order_id, archived_at, restaurant_id, number, received_at, document, kitchen_order, actions)
    SELECT 'x-' || i, now(), 'r-1', 'X' || i, now() - interval '30 days', '{}', json_build_object('id', 'x-' || i, 'number', 'X' || i, 'tickets', '[]'::json), '[]' FROM generate_series(1, 20000) i

-- ;
INSERT INTO archived_orders (order_id, archived_at, restaurant_id, number, received_at, document, kitchen_order, actions, story)
        SELECT o.id, now(), o.restaurant_id, o.number, o.received_at, $1::json, json_build_object(
  'id', o.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version, 'type', o.type, 'table', o.table_name,
  'guests', o.guests, 'priority', o.priority, 'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dueAt', to_char(o.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', o.note,
  'receivedAt', to_char(o.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changedAt', to_char(o.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'closedAt', to_char(o.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'rush', o.rush, 'hold', o.hold, 'delayNote', o.delay_note,
  'lines', COALESCE((SELECT json_agg(json_build_object(
      'id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'category', l.category, 'quantity', l.quantity, 'modifiers', l.modifiers,
      'allergens', l.allergens, 'note', l.note, 'course', l.course, 'seat', l.seat, 'voided', l.voided, 'stationId', l.station_id, 'ticketId', l.ticket_id,
      'state', l.state, 'flag', l.flag, 'addedAt', to_char(l.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'startedAt', to_char(l.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'readyAt', to_char(l.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'servedAt', to_char(l.served_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY l.position, l.id) FROM line_items l WHERE l.order_id = o.id), '[]'),
  'tickets', COALESCE((SELECT json_agg(json_build_object(
      'id', t.id, 'stationId', t.station_id, 'firing', t.firing, 'state', t.state, 'notices', t.notices, 'firedAt', to_char(t.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'bumpedAt', to_char(t.bumped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bumpedBy', t.bumped_by, 'course', t.course, 'heldFor', t.held_for, 'heldUntil', to_char(t.held_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY t.fired_at, t.firing, t.id) FROM tickets t WHERE t.order_id = o.id), '[]')),
          (SELECT COALESCE(json_agg(json_build_object('kind', a.kind, 'at', a.at, 'deviceId', a.device_id, 'personId', a.person_id, 'by', a.by, 'command', a.command, 'result', a.result) ORDER BY a.at), '[]') FROM kitchen_actions a WHERE a.order_id = o.id), $2::json
        FROM orders o WHERE o.id = $3 AND o.changed_at < now() - $4 * interval '1 day' AND NOT EXISTS (SELECT FROM parked_messages p WHERE p.order_id = o.id AND p.state IN ('PARKED', 'FAILED'))

-- ;
INSERT INTO audit (at, actor, person_id, restaurant_id, action, subject, detail)
    VALUES (now(), $1, $2::uuid, $3, $4, $5, $6::jsonb)

-- ;
INSERT INTO collector_progress (name, up_to) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET up_to = EXCLUDED.up_to

-- ;
INSERT INTO devices (id, restaurant_id, name, role, station_id, staff_minutes, pairing_hash, code_hash, pairing_expires_at)
        VALUES ($1::uuid, $2, $3, $4, $5::uuid, $6,
          decode($7, 'hex'), decode($8, 'hex'), now() + make_interval(secs => $9)) RETURNING pairing_expires_at AS "expiresAt"

-- ;
INSERT INTO dish_times AS d (order_id, received_at, line_id, restaurant_id, number, type, station_id, ticket_id, dish_key, name, quantity, called_at, started_at, ready_at)
    SELECT o.id, o.received_at, l.id, o.restaurant_id, COALESCE(o.number, o.id), o.type, l.station_id, l.ticket_id, CASE WHEN l.sku IS NULL THEN 'name:' || left(lower(btrim(l.name)), 200) ELSE 'sku:' || left(l.sku, 200) END, l.name, l.quantity,
      LEAST(GREATEST(t.fired_at, l.added_at), l.ready_at), l.started_at, l.ready_at
    FROM (SELECT id FROM jsonb_array_elements_text($1::jsonb) AS id) ids CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o CROSS JOIN LATERAL (SELECT * FROM line_items WHERE line_items.order_id = o.id OFFSET 0) l JOIN tickets t ON t.id = l.ticket_id WHERE l.ready_at IS NOT NULL
    ON CONFLICT (order_id, received_at, line_id) DO UPDATE SET number = EXCLUDED.number, type = EXCLUDED.type, station_id = EXCLUDED.station_id, ticket_id = EXCLUDED.ticket_id,
      dish_key = EXCLUDED.dish_key, name = EXCLUDED.name, quantity = EXCLUDED.quantity, called_at = EXCLUDED.called_at, started_at = EXCLUDED.started_at, ready_at = EXCLUDED.ready_at
    WHERE (d.number, d.type, d.station_id, d.ticket_id, d.dish_key, d.name, d.quantity, d.called_at, d.started_at, d.ready_at) IS DISTINCT FROM
      (EXCLUDED.number, EXCLUDED.type, EXCLUDED.station_id, EXCLUDED.ticket_id, EXCLUDED.dish_key, EXCLUDED.name, EXCLUDED.quantity, EXCLUDED.called_at, EXCLUDED.started_at, EXCLUDED.ready_at)

-- ;
INSERT INTO invitations (id, token_hash, person_id, name, email, operator, grants, created_by, created_at, expires_at)
      VALUES ($1::uuid, decode($2, 'hex'), $3::uuid, $4, $5, $6,
        $7::jsonb, $8, now(), now() + make_interval(secs => $9))

-- ;
INSERT INTO kitchen_actions (id, restaurant_id, order_id, kind, command, device_id, person_id, by, at, result)
    VALUES ($1::uuid, $2, $3, $4, $5::jsonb, $6::uuid,
      $7::uuid, $8, $9::timestamptz, $10::jsonb)

-- ;
INSERT INTO lanes AS l (order_id, touched_at)
    SELECT id, now() FROM jsonb_array_elements_text($1::jsonb) AS id ORDER BY id COLLATE "C"
    ON CONFLICT (order_id) DO UPDATE SET touched_at = EXCLUDED.touched_at
    RETURNING order_id, parked, lease_token, forced

-- ;
INSERT INTO memberships (person_id, restaurant_id, role, created_at) VALUES ($1::uuid, $2, $3, now())
          ON CONFLICT (person_id, restaurant_id) DO UPDATE SET role = EXCLUDED.role

-- ;
INSERT INTO memberships (person_id, restaurant_id, role, pin_hash, created_at) VALUES ($1::uuid, $2, $3, $4, now())

-- ;
INSERT INTO order_history (order_id, at, kind, status, version, incarnation_id, partition, "offset", digest)
        SELECT p.order_id, now(), 'DISCARDED', o.status, o.version, p.incarnation_id, p.partition, p."offset", p.digest
        FROM parked_messages p LEFT JOIN orders o ON o.id = p.order_id WHERE p.id = $1

-- ;
INSERT INTO order_history (order_id, at, kind, status, version, incarnation_id, partition, "offset", digest, redelivery, fetched_at, fetch_ms, fetch_tries)
    SELECT order_id, $1::timestamptz, kind, status, version, i, p, o, decode(digest, 'hex'), redelivery, f_at, f_ms, f_tries FROM ROWS FROM (jsonb_to_recordset($2::jsonb)
      AS (order_id text, kind text, status text, version bigint, i int, p int, o bigint, digest text, redelivery boolean,
        f_at timestamptz, f_ms int, f_tries smallint)) WITH ORDINALITY
      AS h(order_id, kind, status, version, i, p, o, digest, redelivery, f_at, f_ms, f_tries, n) ORDER BY n

-- ;
INSERT INTO outbox (subject, body, created_at, next_attempt_at) VALUES ($1, $2, $3::timestamptz, $4::timestamptz)

-- ;
INSERT INTO outbox (subject, body, created_at, next_attempt_at) VALUES ($1, $2, now(), now())

-- ;
INSERT INTO outbox (subject, body, recipient, invitation_id, created_at, next_attempt_at) VALUES ($1, $2, $3, $4::uuid, now(), now())

-- ;
INSERT INTO parked_messages (order_id, restaurant_id, status, version, digest, incarnation_id, partition, "offset", state, parked_at, next_attempt_at, last_error, fetches)
    SELECT order_id, restaurant_id, status, version, decode(digest, 'hex'), i, p, o, 'PARKED', $1::timestamptz, $2::timestamptz + wait_ms * interval '1 ms', error,
      CASE WHEN tried IS NULL OR tried = 'null'::jsonb THEN '[]' ELSE jsonb_build_array(tried) END FROM ROWS FROM (jsonb_to_recordset($3::jsonb)
      AS (order_id text, restaurant_id text, status text, version bigint, digest text, wait_ms double precision, error text, i int, p int, o bigint, tried jsonb)) WITH ORDINALITY
      AS k(order_id, restaurant_id, status, version, digest, wait_ms, error, i, p, o, tried, n) ORDER BY n

-- ;
INSERT INTO partition_progress (incarnation_id, partition, next_offset)
    SELECT $1, partition, next FROM jsonb_to_recordset($2::jsonb) AS r(partition int, next bigint) ORDER BY partition
    ON CONFLICT (incarnation_id, partition) DO UPDATE SET next_offset = GREATEST(partition_progress.next_offset, EXCLUDED.next_offset)

-- ;
INSERT INTO partition_progress (incarnation_id, partition, next_offset) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- ;
INSERT INTO people (id, name, created_at) VALUES ($1::uuid, $2, now())

-- ;
INSERT INTO people (id, name, email, password_hash, created_at) VALUES ($1::uuid, $2, $3, $4, now()) ON CONFLICT DO NOTHING

-- ;
INSERT INTO rejected_messages (incarnation_id, partition, "offset", at, reason, key, headers) SELECT 1, 9, i, now(), 'x', convert_to('k-' || i, 'UTF8'), '{}' FROM generate_series(1, 20000) i

-- ;
INSERT INTO rejected_messages (incarnation_id, partition, "offset", at, reason, key, value, headers)
          SELECT i, p, o, now(), reason, decode(key, 'base64'), decode(value, 'base64'), headers
          FROM jsonb_to_recordset($1::jsonb) AS r(i int, p int, o bigint, reason text, key text, value text, headers jsonb) ORDER BY i, p, o
          ON CONFLICT (incarnation_id, partition, "offset") DO NOTHING

-- ;
INSERT INTO restaurants (id, name, discovered) SELECT id, id, true FROM jsonb_array_elements_text($1::jsonb) AS id ON CONFLICT (id) DO NOTHING RETURNING id

-- ;
INSERT INTO restaurants (id, name, time_zone, discovered, course_mode, course_gap_seconds)
      VALUES ($1, $2, coalesce($3, 'UTC'), false, $4, $5)
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, time_zone = coalesce($6, restaurants.time_zone), discovered = false,
        course_mode = coalesce($7, restaurants.course_mode), course_gap_seconds = coalesce($8, restaurants.course_gap_seconds)

-- ;
INSERT INTO routing_rules (id, station_id, position, category, sku, type)
    SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, station_id uuid, position int, category text, sku text, type text)

-- ;
INSERT INTO sessions (id, token_hash, person_id, agent, created_at, last_seen_at, expires_at)
      VALUES ($1::uuid, decode($2, 'hex'), $3::uuid, $4, now(), now(), now() + make_interval(secs => $5))

-- ;
INSERT INTO settings (key, value, changed_at) VALUES ($1, to_jsonb($2::int), now())
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, changed_at = EXCLUDED.changed_at

-- ;
INSERT INTO sold_out_dishes (restaurant_id, key, sku, name, at, by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (restaurant_id, key) DO NOTHING

-- ;
INSERT INTO staff_sign_ins (device_id, person_id, at, last_tap_at, open_on) VALUES ($1::uuid, $2::uuid, now(), now(), $3::uuid)

-- ;
INSERT INTO stations (id, restaurant_id, name, position, fallback)
    SELECT gen_random_uuid(), r.id, $1, 0, true FROM restaurants r WHERE r.id IN (SELECT jsonb_array_elements_text($2::jsonb))
      AND NOT EXISTS (SELECT FROM stations s WHERE s.restaurant_id = r.id AND s.retired_at IS NULL)
    ON CONFLICT (restaurant_id, name) DO NOTHING

-- ;
INSERT INTO stations (id, restaurant_id, name, position, fallback, combine, thresholds)
    SELECT s.id, $1, s.name, s.position, s.fallback, s.combine, s.thresholds
    FROM jsonb_to_recordset($2::jsonb) AS s(id uuid, name text, position int, fallback boolean, combine boolean, thresholds jsonb)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, position = EXCLUDED.position, fallback = EXCLUDED.fallback, retired_at = NULL,
      combine = EXCLUDED.combine, thresholds = EXCLUDED.thresholds

-- ;
INSERT INTO ticket_times AS d (ticket_id, order_id, restaurant_id, station_id, fired_at, confirmed_at, bumped_at, late_seconds)
    SELECT t.id, o.id, o.restaurant_id, t.station_id, LEAST(t.fired_at, t.bumped_at), t.confirmed_at, t.bumped_at, COALESCE((s.thresholds->o.type->>'lateSeconds')::int, (s.thresholds->'default'->>'lateSeconds')::int, $1::int)
    FROM (SELECT id FROM jsonb_array_elements_text($2::jsonb) AS id) ids CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o CROSS JOIN LATERAL (SELECT * FROM tickets WHERE tickets.order_id = o.id OFFSET 0) t JOIN stations s ON s.id = t.station_id WHERE t.bumped_at IS NOT NULL
    ON CONFLICT (ticket_id) DO UPDATE SET station_id = EXCLUDED.station_id, fired_at = EXCLUDED.fired_at, confirmed_at = EXCLUDED.confirmed_at, bumped_at = EXCLUDED.bumped_at
    WHERE (d.station_id, d.fired_at, d.confirmed_at, d.bumped_at) IS DISTINCT FROM (EXCLUDED.station_id, EXCLUDED.fired_at, EXCLUDED.confirmed_at, EXCLUDED.bumped_at)

-- ;
INSERT INTO topic_incarnations (topic, cluster_id, generation, topic_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- ;
SELECT "public"."archived_orders"."order_id", "public"."archived_orders"."archived_at", "public"."archived_orders"."restaurant_id", "public"."archived_orders"."number", "public"."archived_orders"."received_at", "public"."archived_orders"."document", "public"."archived_orders"."kitchen_order", "public"."archived_orders"."actions", "public"."archived_orders"."story" FROM "public"."archived_orders" WHERE "public"."archived_orders"."order_id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."audit"."id", "public"."audit"."actor", "public"."audit"."action" FROM "public"."audit" WHERE ("public"."audit"."subject" = $1 AND "public"."audit"."action"::text LIKE ($2 || '%')) ORDER BY "public"."audit"."id" ASC OFFSET $3

-- ;
SELECT "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail" FROM "public"."audit" WHERE "public"."audit"."action" = $1 ORDER BY "public"."audit"."id" ASC OFFSET $2

-- ;
SELECT "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail" FROM "public"."audit" WHERE "public"."audit"."subject" = $1 OFFSET $2

-- ;
SELECT "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail" FROM "public"."audit" WHERE ("public"."audit"."action" = $1 AND "public"."audit"."actor" = $2) ORDER BY "public"."audit"."id" DESC LIMIT $3 OFFSET $4

-- ;
SELECT "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail" FROM "public"."audit" WHERE ("public"."audit"."action" = $1 AND "public"."audit"."subject" = $2) LIMIT $3 OFFSET $4

-- ;
SELECT "public"."audit"."id", "public"."audit"."at", "public"."audit"."actor", "public"."audit"."person_id", "public"."audit"."restaurant_id", "public"."audit"."action", "public"."audit"."subject", "public"."audit"."detail" FROM "public"."audit" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id" FROM "public"."changes" WHERE "public"."changes"."restaurant_id" = $1 OFFSET $2

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id" FROM "public"."changes" WHERE ("public"."changes"."restaurant_id" = $1 AND "public"."changes"."rev" > $2 AND "public"."changes"."rev" <= $3) OFFSET $4

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id", "public"."changes"."at" FROM "public"."changes" WHERE "public"."changes"."order_id" = $1 OFFSET $2

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id", "public"."changes"."at" FROM "public"."changes" WHERE "public"."changes"."order_id" = $1 ORDER BY "public"."changes"."rev" DESC LIMIT $2 OFFSET $3

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id", "public"."changes"."at" FROM "public"."changes" WHERE "public"."changes"."restaurant_id" = $1 OFFSET $2

-- ;
SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id", "public"."changes"."at" FROM "public"."changes" WHERE "public"."changes"."restaurant_id" = $1 ORDER BY "public"."changes"."rev" ASC OFFSET $2

-- ;
SELECT "public"."devices"."id", "public"."devices"."restaurant_id", "public"."devices"."name", "public"."devices"."role", "public"."devices"."station_id", "public"."devices"."pairing_hash", "public"."devices"."pairing_expires_at", "public"."devices"."code_hash", "public"."devices"."token_hash", "public"."devices"."created_at", "public"."devices"."paired_at", "public"."devices"."revoked_at", "public"."devices"."staff_minutes" FROM "public"."devices" WHERE ("public"."devices"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."devices"."id", "public"."devices"."restaurant_id", "public"."devices"."name", "public"."devices"."role", "public"."devices"."station_id", "public"."devices"."pairing_hash", "public"."devices"."pairing_expires_at", "public"."devices"."code_hash", "public"."devices"."token_hash", "public"."devices"."created_at", "public"."devices"."paired_at", "public"."devices"."revoked_at", "public"."devices"."staff_minutes" FROM "public"."devices" WHERE 1=1 ORDER BY "public"."devices"."created_at" ASC OFFSET $1

-- ;
SELECT "public"."devices"."id", "public"."devices"."staff_minutes" FROM "public"."devices" WHERE ("public"."devices"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."dish_times"."order_id", "public"."dish_times"."received_at", "public"."dish_times"."line_id", "public"."dish_times"."restaurant_id", "public"."dish_times"."number", "public"."dish_times"."type", "public"."dish_times"."station_id", "public"."dish_times"."ticket_id", "public"."dish_times"."dish_key", "public"."dish_times"."name", "public"."dish_times"."quantity", "public"."dish_times"."called_at", "public"."dish_times"."started_at", "public"."dish_times"."ready_at" FROM "public"."dish_times" WHERE "public"."dish_times"."order_id" = $1 ORDER BY "public"."dish_times"."line_id" ASC OFFSET $2

-- ;
SELECT "public"."environment_stamp"."id", "public"."environment_stamp"."app_env", "public"."environment_stamp"."stamped_at" FROM "public"."environment_stamp" WHERE 1=1 LIMIT $1 OFFSET $2

-- ;
SELECT "public"."kitchen_actions"."id", "public"."kitchen_actions"."restaurant_id", "public"."kitchen_actions"."order_id", "public"."kitchen_actions"."kind", "public"."kitchen_actions"."command", "public"."kitchen_actions"."device_id", "public"."kitchen_actions"."person_id", "public"."kitchen_actions"."by", "public"."kitchen_actions"."at", "public"."kitchen_actions"."result" FROM "public"."kitchen_actions" WHERE ("public"."kitchen_actions"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."lanes"."order_id", "public"."lanes"."parked", "public"."lanes"."next_attempt_at", "public"."lanes"."lease_token", "public"."lanes"."lease_until", "public"."lanes"."forced" FROM "public"."lanes" WHERE ("public"."lanes"."order_id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."lanes"."order_id", "public"."lanes"."parked", "public"."lanes"."next_attempt_at", "public"."lanes"."lease_token", "public"."lanes"."lease_until", "public"."lanes"."forced", "public"."lanes"."touched_at" FROM "public"."lanes" WHERE ("public"."lanes"."order_id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."lanes"."order_id", "public"."lanes"."parked", "public"."lanes"."next_attempt_at", "public"."lanes"."lease_token", "public"."lanes"."lease_until", "public"."lanes"."forced", "public"."lanes"."touched_at" FROM "public"."lanes" WHERE ("public"."lanes"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) AND ("public"."lanes"."parked" <> $11 OR "public"."lanes"."next_attempt_at" IS NOT NULL)) OFFSET $12

-- ;
SELECT "public"."line_items"."order_id", "public"."line_items"."id", "public"."line_items"."position", "public"."line_items"."sku", "public"."line_items"."name", "public"."line_items"."category", "public"."line_items"."quantity", "public"."line_items"."modifiers", "public"."line_items"."allergens", "public"."line_items"."note", "public"."line_items"."course", "public"."line_items"."seat", "public"."line_items"."voided", "public"."line_items"."station_id", "public"."line_items"."ticket_id", "public"."line_items"."state", "public"."line_items"."flag", "public"."line_items"."added_at", "public"."line_items"."started_at", "public"."line_items"."ready_at", "public"."line_items"."served_at" FROM "public"."line_items" WHERE "public"."line_items"."order_id" = $1 OFFSET $2

-- ;
SELECT "public"."line_items"."order_id", "public"."line_items"."id", "public"."line_items"."position", "public"."line_items"."sku", "public"."line_items"."name", "public"."line_items"."category", "public"."line_items"."quantity", "public"."line_items"."modifiers", "public"."line_items"."allergens", "public"."line_items"."note", "public"."line_items"."course", "public"."line_items"."seat", "public"."line_items"."voided", "public"."line_items"."station_id", "public"."line_items"."ticket_id", "public"."line_items"."state", "public"."line_items"."flag", "public"."line_items"."added_at", "public"."line_items"."started_at", "public"."line_items"."ready_at", "public"."line_items"."served_at" FROM "public"."line_items" WHERE "public"."line_items"."order_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7

-- ;
SELECT "public"."line_items"."order_id", "public"."line_items"."id", "public"."line_items"."position", "public"."line_items"."sku", "public"."line_items"."name", "public"."line_items"."category", "public"."line_items"."quantity", "public"."line_items"."modifiers", "public"."line_items"."allergens", "public"."line_items"."note", "public"."line_items"."course", "public"."line_items"."seat", "public"."line_items"."voided", "public"."line_items"."station_id", "public"."line_items"."ticket_id", "public"."line_items"."state", "public"."line_items"."flag", "public"."line_items"."added_at", "public"."line_items"."started_at", "public"."line_items"."ready_at", "public"."line_items"."served_at" FROM "public"."line_items" WHERE "public"."line_items"."order_id" IN ($1,$2,$3,$4,$5,$6) ORDER BY "public"."line_items"."id" ASC OFFSET $7

-- ;
SELECT "public"."line_items"."order_id", "public"."line_items"."id", "public"."line_items"."position", "public"."line_items"."sku", "public"."line_items"."name", "public"."line_items"."category", "public"."line_items"."quantity", "public"."line_items"."modifiers", "public"."line_items"."allergens", "public"."line_items"."note", "public"."line_items"."course", "public"."line_items"."seat", "public"."line_items"."voided", "public"."line_items"."station_id", "public"."line_items"."ticket_id", "public"."line_items"."state", "public"."line_items"."flag", "public"."line_items"."added_at", "public"."line_items"."started_at", "public"."line_items"."ready_at", "public"."line_items"."served_at" FROM "public"."line_items" WHERE ("public"."line_items"."order_id" = $1 AND "public"."line_items"."name" = $2) LIMIT $3 OFFSET $4

-- ;
SELECT "public"."memberships"."person_id", "public"."memberships"."restaurant_id", "public"."memberships"."role", "public"."memberships"."pin_hash", "public"."memberships"."created_at" FROM "public"."memberships" WHERE "public"."memberships"."pin_hash" IS NOT NULL OFFSET $1

-- ;
SELECT "public"."missing_messages"."incarnation_id", "public"."missing_messages"."partition", "public"."missing_messages"."from_offset", "public"."missing_messages"."to_offset", "public"."missing_messages"."at" FROM "public"."missing_messages" WHERE "public"."missing_messages"."incarnation_id" = $1 ORDER BY "public"."missing_messages"."from_offset" ASC OFFSET $2

-- ;
SELECT "public"."missing_messages"."incarnation_id", "public"."missing_messages"."partition", "public"."missing_messages"."from_offset", "public"."missing_messages"."to_offset", "public"."missing_messages"."at" FROM "public"."missing_messages" WHERE "public"."missing_messages"."incarnation_id" IN ($1) ORDER BY "public"."missing_messages"."incarnation_id" ASC, "public"."missing_messages"."partition" ASC, "public"."missing_messages"."from_offset" ASC OFFSET $2

-- ;
SELECT "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries" FROM "public"."order_history" WHERE "public"."order_history"."offset" >= $1 OFFSET $2

-- ;
SELECT "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries" FROM "public"."order_history" WHERE "public"."order_history"."order_id" = $1 ORDER BY "public"."order_history"."seq" ASC OFFSET $2

-- ;
SELECT "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries" FROM "public"."order_history" WHERE "public"."order_history"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20) ORDER BY "public"."order_history"."seq" ASC OFFSET $21

-- ;
SELECT "public"."order_history"."seq", "public"."order_history"."order_id", "public"."order_history"."at", "public"."order_history"."kind", "public"."order_history"."status", "public"."order_history"."version", "public"."order_history"."incarnation_id", "public"."order_history"."partition", "public"."order_history"."offset", "public"."order_history"."digest", "public"."order_history"."redelivery", "public"."order_history"."fetched_at", "public"."order_history"."fetch_ms", "public"."order_history"."fetch_tries" FROM "public"."order_history" WHERE 1=1 ORDER BY "public"."order_history"."seq" ASC OFFSET $1

-- ;
SELECT "public"."orders"."id" FROM "public"."orders" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id" FROM "public"."orders" WHERE "public"."orders"."id" IN ($1,$2) OFFSET $3

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id" FROM "public"."orders" WHERE ("public"."orders"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note" FROM "public"."orders" WHERE "public"."orders"."id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note" FROM "public"."orders" WHERE ("public"."orders"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note" FROM "public"."orders" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."orders"."id", "public"."orders"."restaurant_id", "public"."orders"."number", "public"."orders"."status", "public"."orders"."version", "public"."orders"."type", "public"."orders"."table_name", "public"."orders"."guests", "public"."orders"."priority", "public"."orders"."placed_at", "public"."orders"."due_at", "public"."orders"."note", "public"."orders"."received_at", "public"."orders"."changed_at", "public"."orders"."closed_at", "public"."orders"."rush", "public"."orders"."hold", "public"."orders"."delay_note" FROM "public"."orders" WHERE 1=1 ORDER BY "public"."orders"."id" ASC OFFSET $1

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error" FROM "public"."outbox" WHERE "public"."outbox"."subject" = $1 OFFSET $2

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error" FROM "public"."outbox" WHERE 1=1 LIMIT $1 OFFSET $2

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error" FROM "public"."outbox" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error" FROM "public"."outbox" WHERE 1=1 ORDER BY "public"."outbox"."id" ASC LIMIT $1 OFFSET $2

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."recipient", "public"."outbox"."invitation_id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."created_at", "public"."outbox"."attempts", "public"."outbox"."next_attempt_at", "public"."outbox"."sent_at", "public"."outbox"."last_error" FROM "public"."outbox" WHERE 1=1 ORDER BY "public"."outbox"."id" ASC OFFSET $1

-- ;
SELECT "public"."outbox"."id", "public"."outbox"."subject", "public"."outbox"."body", "public"."outbox"."recipient" FROM "public"."outbox" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at" FROM "public"."parked_messages" WHERE "public"."parked_messages"."offset" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at" FROM "public"."parked_messages" WHERE "public"."parked_messages"."order_id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at" FROM "public"."parked_messages" WHERE "public"."parked_messages"."order_id" = $1 ORDER BY "public"."parked_messages"."id" ASC OFFSET $2

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at" FROM "public"."parked_messages" WHERE "public"."parked_messages"."order_id" = $1 ORDER BY "public"."parked_messages"."id" DESC LIMIT $2 OFFSET $3

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."restaurant_id", "public"."parked_messages"."incarnation_id", "public"."parked_messages"."partition", "public"."parked_messages"."offset", "public"."parked_messages"."status", "public"."parked_messages"."version", "public"."parked_messages"."digest", "public"."parked_messages"."state", "public"."parked_messages"."attempts", "public"."parked_messages"."next_attempt_at", "public"."parked_messages"."last_error", "public"."parked_messages"."fetches", "public"."parked_messages"."parked_at", "public"."parked_messages"."ended_at" FROM "public"."parked_messages" WHERE "public"."parked_messages"."state" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."parked_messages"."id", "public"."parked_messages"."order_id", "public"."parked_messages"."state", "public"."parked_messages"."partition", "public"."parked_messages"."offset" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."partition_progress"."incarnation_id", "public"."partition_progress"."partition", "public"."partition_progress"."next_offset" FROM "public"."partition_progress" WHERE "public"."partition_progress"."incarnation_id" = $1 OFFSET $2

-- ;
SELECT "public"."people"."id" FROM "public"."people" WHERE ("public"."people"."email" = $1 AND "public"."people"."revoked_at" IS NULL) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at" FROM "public"."people" WHERE "public"."people"."email" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at" FROM "public"."people" WHERE "public"."people"."id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at" FROM "public"."people" WHERE "public"."people"."password_hash" IS NOT NULL OFFSET $1

-- ;
SELECT "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at" FROM "public"."people" WHERE ("public"."people"."id" = $1 AND "public"."people"."revoked_at" IS NULL) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."people"."id", "public"."people"."operator" FROM "public"."people" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."people"."id", "public"."people"."password_hash" FROM "public"."people" WHERE ("public"."people"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."rate_limits"."key", "public"."rate_limits"."points", "public"."rate_limits"."expire" FROM "public"."rate_limits" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."rejected_messages"."id", "public"."rejected_messages"."incarnation_id", "public"."rejected_messages"."partition", "public"."rejected_messages"."offset", "public"."rejected_messages"."at", "public"."rejected_messages"."reason", "public"."rejected_messages"."key", "public"."rejected_messages"."value", "public"."rejected_messages"."headers" FROM "public"."rejected_messages" WHERE "public"."rejected_messages"."incarnation_id" IN ($1) ORDER BY "public"."rejected_messages"."offset" ASC OFFSET $2

-- ;
SELECT "public"."rejected_messages"."id", "public"."rejected_messages"."incarnation_id", "public"."rejected_messages"."partition", "public"."rejected_messages"."offset", "public"."rejected_messages"."at", "public"."rejected_messages"."reason", "public"."rejected_messages"."key", "public"."rejected_messages"."value", "public"."rejected_messages"."headers" FROM "public"."rejected_messages" WHERE 1=1 OFFSET $1

-- ;
SELECT "public"."restaurants"."id" FROM "public"."restaurants" WHERE ("public"."restaurants"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name" FROM "public"."restaurants" WHERE "public"."restaurants"."id" IN ($1) ORDER BY "public"."restaurants"."name" ASC OFFSET $2

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name" FROM "public"."restaurants" WHERE "public"."restaurants"."id" IN ($1) ORDER BY "public"."restaurants"."name" ASC, "public"."restaurants"."id" ASC LIMIT $2 OFFSET $3

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name" FROM "public"."restaurants" WHERE 1=1 ORDER BY "public"."restaurants"."name" ASC, "public"."restaurants"."id" ASC LIMIT $1 OFFSET $2

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."discovered" FROM "public"."restaurants" WHERE ("public"."restaurants"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."rev", "public"."restaurants"."discovered", "public"."restaurants"."course_mode", "public"."restaurants"."course_gap_seconds", "public"."restaurants"."created_at" FROM "public"."restaurants" WHERE "public"."restaurants"."id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."rev", "public"."restaurants"."discovered", "public"."restaurants"."course_mode", "public"."restaurants"."course_gap_seconds", "public"."restaurants"."created_at" FROM "public"."restaurants" WHERE ("public"."restaurants"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."rev", "public"."restaurants"."discovered", "public"."restaurants"."course_mode", "public"."restaurants"."course_gap_seconds", "public"."restaurants"."created_at" FROM "public"."restaurants" WHERE 1=1 LIMIT $1 OFFSET $2

-- ;
SELECT "public"."restaurants"."id", "public"."restaurants"."rev" FROM "public"."restaurants" WHERE ("public"."restaurants"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."routing_rules"."id", "public"."routing_rules"."station_id", "public"."routing_rules"."position", "public"."routing_rules"."category", "public"."routing_rules"."sku", "public"."routing_rules"."type" FROM "public"."routing_rules" WHERE "public"."routing_rules"."station_id" IN ($1) ORDER BY "public"."routing_rules"."position" ASC OFFSET $2

-- ;
SELECT "public"."settings"."key", "public"."settings"."value", "public"."settings"."changed_at" FROM "public"."settings" WHERE ("public"."settings"."key" = $1 AND 1=1) LIMIT $2 OFFSET $3

-- ;
SELECT "public"."stations"."id", "public"."stations"."name" FROM "public"."stations" WHERE "public"."stations"."restaurant_id" = $1 OFFSET $2

-- ;
SELECT "public"."stations"."id", "public"."stations"."name", "public"."stations"."restaurant_id" FROM "public"."stations" WHERE ("public"."stations"."retired_at" IS NULL AND "public"."stations"."restaurant_id" = $1) ORDER BY "public"."stations"."position" ASC OFFSET $2

-- ;
SELECT "public"."stations"."id", "public"."stations"."name", "public"."stations"."restaurant_id" FROM "public"."stations" WHERE ("public"."stations"."retired_at" IS NULL AND "public"."stations"."restaurant_id" IN ($1)) ORDER BY "public"."stations"."position" ASC OFFSET $2

-- ;
SELECT "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds" FROM "public"."stations" WHERE "public"."stations"."id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds" FROM "public"."stations" WHERE "public"."stations"."restaurant_id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds" FROM "public"."stations" WHERE "public"."stations"."restaurant_id" = $1 OFFSET $2

-- ;
SELECT "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds" FROM "public"."stations" WHERE "public"."stations"."restaurant_id" = $1 ORDER BY "public"."stations"."position" ASC OFFSET $2

-- ;
SELECT "public"."stations"."id", "public"."stations"."restaurant_id", "public"."stations"."name", "public"."stations"."position", "public"."stations"."fallback", "public"."stations"."retired_at", "public"."stations"."combine", "public"."stations"."thresholds" FROM "public"."stations" WHERE ("public"."stations"."restaurant_id" = $1 AND "public"."stations"."name" = $2) LIMIT $3 OFFSET $4

-- ;
SELECT "public"."ticket_times"."ticket_id", "public"."ticket_times"."order_id", "public"."ticket_times"."restaurant_id", "public"."ticket_times"."station_id", "public"."ticket_times"."fired_at", "public"."ticket_times"."confirmed_at", "public"."ticket_times"."bumped_at", "public"."ticket_times"."late_seconds" FROM "public"."ticket_times" WHERE "public"."ticket_times"."order_id" = $1 OFFSET $2

-- ;
SELECT "public"."tickets"."id" FROM "public"."tickets" WHERE "public"."tickets"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40) OFFSET $41

-- ;
SELECT "public"."tickets"."id", "public"."tickets"."order_id", "public"."tickets"."station_id", "public"."tickets"."firing", "public"."tickets"."state", "public"."tickets"."notices", "public"."tickets"."fired_at", "public"."tickets"."bumped_at", "public"."tickets"."bumped_by", "public"."tickets"."course", "public"."tickets"."held_for", "public"."tickets"."held_until", "public"."tickets"."confirmed_at", "public"."tickets"."confirmed_by" FROM "public"."tickets" WHERE "public"."tickets"."order_id" = $1 LIMIT $2 OFFSET $3

-- ;
SELECT "public"."tickets"."id", "public"."tickets"."order_id", "public"."tickets"."station_id", "public"."tickets"."firing", "public"."tickets"."state", "public"."tickets"."notices", "public"."tickets"."fired_at", "public"."tickets"."bumped_at", "public"."tickets"."bumped_by", "public"."tickets"."course", "public"."tickets"."held_for", "public"."tickets"."held_until", "public"."tickets"."confirmed_at", "public"."tickets"."confirmed_by" FROM "public"."tickets" WHERE "public"."tickets"."order_id" IN ($1,$2,$3,$4,$5,$6) ORDER BY "public"."tickets"."id" ASC OFFSET $7

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE "public"."topic_incarnations"."topic" = $1 OFFSET $2

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE "public"."topic_incarnations"."topic" = $1 ORDER BY "public"."topic_incarnations"."generation" ASC OFFSET $2

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE ("public"."topic_incarnations"."topic" = $1 AND "public"."topic_incarnations"."cluster_id" = $2) ORDER BY "public"."topic_incarnations"."generation" DESC LIMIT $3 OFFSET $4

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE ("public"."topic_incarnations"."topic" = $1 AND "public"."topic_incarnations"."id" < $2) ORDER BY "public"."topic_incarnations"."id" DESC LIMIT $3 OFFSET $4

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE (("public"."topic_incarnations"."topic" = $1 AND "public"."topic_incarnations"."cluster_id" = $2 AND "public"."topic_incarnations"."generation" = $3) AND 1=1) LIMIT $4 OFFSET $5

-- ;
SELECT "public"."topic_incarnations"."id", "public"."topic_incarnations"."topic", "public"."topic_incarnations"."cluster_id", "public"."topic_incarnations"."generation", "public"."topic_incarnations"."topic_id", "public"."topic_incarnations"."started_at" FROM "public"."topic_incarnations" WHERE 1=1 OFFSET $1

-- ;
SELECT 'audit' AS source, a.id::text AS id, a.at, a.actor, a.action, a.detail, CASE split_part(a.subject, ' ', 1)
        WHEN 'device' THEN COALESCE((SELECT d.name FROM devices d WHERE d.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'person' THEN COALESCE((SELECT p.name FROM people p WHERE p.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'invitation' THEN (SELECT COALESCE(i.name, i.email) FROM invitations i WHERE i.id::text = split_part(a.subject, ' ', 2)) END AS about
    FROM audit a
    WHERE a.restaurant_id = $1

    ORDER BY a.id DESC LIMIT $2

-- ;
SELECT 'audit' AS source, a.id::text AS id, a.at, a.actor, a.action, a.detail, CASE split_part(a.subject, ' ', 1)
        WHEN 'device' THEN COALESCE((SELECT d.name FROM devices d WHERE d.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'person' THEN COALESCE((SELECT p.name FROM people p WHERE p.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'invitation' THEN (SELECT COALESCE(i.name, i.email) FROM invitations i WHERE i.id::text = split_part(a.subject, ' ', 2)) END AS about
    FROM audit a
    WHERE a.restaurant_id = $1
      AND split_part(a.action, '.', 1) = ANY($2)
    ORDER BY a.id DESC LIMIT $3

-- ;
SELECT 'audit' AS source, a.id::text AS id, a.at, a.actor, a.action, a.detail, CASE split_part(a.subject, ' ', 1)
        WHEN 'device' THEN COALESCE((SELECT d.name FROM devices d WHERE d.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'person' THEN COALESCE((SELECT p.name FROM people p WHERE p.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'invitation' THEN (SELECT COALESCE(i.name, i.email) FROM invitations i WHERE i.id::text = split_part(a.subject, ' ', 2)) END AS about
    FROM audit a
    WHERE a.restaurant_id = $1  AND a.actor = $2

    ORDER BY a.id DESC LIMIT $3

-- ;
SELECT 'audit' AS source, a.id::text AS id, a.at, a.actor, a.action, a.detail, CASE split_part(a.subject, ' ', 1)
        WHEN 'device' THEN COALESCE((SELECT d.name FROM devices d WHERE d.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'person' THEN COALESCE((SELECT p.name FROM people p WHERE p.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name')
        WHEN 'invitation' THEN (SELECT COALESCE(i.name, i.email) FROM invitations i WHERE i.id::text = split_part(a.subject, ' ', 2)) END AS about
    FROM audit a
    WHERE a.restaurant_id = $1 AND a.id < $2

    ORDER BY a.id DESC LIMIT $3

-- ;
SELECT 'tap' AS source, k.id::text AS id, k.at, k.by AS actor, 'kitchen.' || k.kind AS action, COALESCE(o.number, k.order_id, k.command->'dish'->>'name') AS about,
      jsonb_strip_nulls(jsonb_build_object('orderId', k.order_id, 'on', k.command->'on', 'note', k.command->'note', 'course', k.command->'course', 'device', d.name, 'late', NULLIF(k.result->>'outcome', 'done'),
        'station', (SELECT s.name FROM stations s WHERE s.id::text = COALESCE(k.command->>'stationId', (SELECT t.station_id::text FROM tickets t WHERE t.id::text = k.command->>'ticketId'))))) AS detail
    FROM kitchen_actions k LEFT JOIN orders o ON o.id = k.order_id LEFT JOIN devices d ON d.id = k.device_id
    WHERE k.restaurant_id = $1 AND k.kind = ANY($2)

    ORDER BY k.at DESC, k.id DESC LIMIT $3

-- ;
SELECT 'tap' AS source, k.id::text AS id, k.at, k.by AS actor, 'kitchen.' || k.kind AS action, COALESCE(o.number, k.order_id, k.command->'dish'->>'name') AS about,
      jsonb_strip_nulls(jsonb_build_object('orderId', k.order_id, 'on', k.command->'on', 'note', k.command->'note', 'course', k.command->'course', 'device', d.name, 'late', NULLIF(k.result->>'outcome', 'done'),
        'station', (SELECT s.name FROM stations s WHERE s.id::text = COALESCE(k.command->>'stationId', (SELECT t.station_id::text FROM tickets t WHERE t.id::text = k.command->>'ticketId'))))) AS detail
    FROM kitchen_actions k LEFT JOIN orders o ON o.id = k.order_id LEFT JOIN devices d ON d.id = k.device_id
    WHERE k.restaurant_id = $1 AND k.kind = ANY($2)
      AND (k.at, k.id) < ($3::timestamptz, $4::uuid)
    ORDER BY k.at DESC, k.id DESC LIMIT $5

-- ;
SELECT 'tap' AS source, k.id::text AS id, k.at, k.by AS actor, 'kitchen.' || k.kind AS action, COALESCE(o.number, k.order_id, k.command->'dish'->>'name') AS about,
      jsonb_strip_nulls(jsonb_build_object('orderId', k.order_id, 'on', k.command->'on', 'note', k.command->'note', 'course', k.command->'course', 'device', d.name, 'late', NULLIF(k.result->>'outcome', 'done'),
        'station', (SELECT s.name FROM stations s WHERE s.id::text = COALESCE(k.command->>'stationId', (SELECT t.station_id::text FROM tickets t WHERE t.id::text = k.command->>'ticketId'))))) AS detail
    FROM kitchen_actions k LEFT JOIN orders o ON o.id = k.order_id LEFT JOIN devices d ON d.id = k.device_id
    WHERE k.restaurant_id = $1 AND k.kind = ANY($2) AND k.by = $3

    ORDER BY k.at DESC, k.id DESC LIMIT $4

-- ;
SELECT * FROM (
        SELECT s.restaurant_id AS "restaurantId", t.id AS "ticketId", o.id AS "orderId", COALESCE(o.number, o.id) AS number, s.id AS "stationId", t.fired_at AS since,
          (count(*) OVER of_restaurant)::int AS count, row_number() OVER (PARTITION BY s.restaurant_id ORDER BY t.fired_at, t.id) AS n
        FROM jsonb_array_elements_text($1::jsonb) AS asked
        CROSS JOIN LATERAL (SELECT id, restaurant_id FROM stations WHERE stations.restaurant_id = asked OFFSET 0) s
        CROSS JOIN LATERAL (SELECT id, order_id, fired_at FROM tickets WHERE station_id = s.id AND state = 'open' AND confirmed_at IS NULL
          AND fired_at < now() - $2 * interval '1 second' AND fired_at > now() - $3 * interval '1 ms' OFFSET 0) t
        CROSS JOIN LATERAL (SELECT id, number FROM orders WHERE orders.id = t.order_id AND received_at > now() - $4 * interval '1 ms' OFFSET 0) o
        WINDOW of_restaurant AS (PARTITION BY s.restaurant_id)) u WHERE n <= $5 ORDER BY n

-- ;
SELECT 1

-- ;
SELECT 1 FROM devices WHERE id = $1::uuid FOR UPDATE

-- ;
SELECT 1 FROM people WHERE password_hash IS NOT NULL AND operator AND revoked_at IS NULL LIMIT 1

-- ;
SELECT 1 FROM restaurants WHERE id = $1 FOR UPDATE

-- ;
SELECT 1 FROM topic_incarnations WHERE id = $1 FOR UPDATE

-- ;
SELECT COALESCE(a.by, d.name) AS by FROM kitchen_actions a LEFT JOIN devices d ON d.id = a.device_id
    WHERE a.order_id = $1 AND a.result->>'outcome' = 'done' ORDER BY a.at DESC LIMIT 1

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."archived_orders"."order_id", "public"."archived_orders"."archived_at" FROM "public"."archived_orders" WHERE "public"."archived_orders"."order_id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."archived_orders"."order_id", "public"."archived_orders"."archived_at" FROM "public"."archived_orders" WHERE "public"."archived_orders"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20) OFFSET $21) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."audit"."id" FROM "public"."audit" WHERE ("public"."audit"."action" = $1 AND "public"."audit"."actor" = $2) OFFSET $3) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."audit"."id" FROM "public"."audit" WHERE ("public"."audit"."action" = $1 AND "public"."audit"."subject" = $2) OFFSET $3) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."audit"."id" FROM "public"."audit" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."changes"."restaurant_id", "public"."changes"."rev", "public"."changes"."order_id" FROM "public"."changes" WHERE "public"."changes"."order_id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."kitchen_actions"."id" FROM "public"."kitchen_actions" WHERE "public"."kitchen_actions"."order_id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."kitchen_actions"."id" FROM "public"."kitchen_actions" WHERE "public"."kitchen_actions"."order_id" IS NULL OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."kitchen_actions"."id" FROM "public"."kitchen_actions" WHERE ("public"."kitchen_actions"."command"#>ARRAY[$1, $2]::text[])::jsonb::jsonb = $3 OFFSET $4) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."kitchen_actions"."id" FROM "public"."kitchen_actions" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."memberships"."person_id", "public"."memberships"."restaurant_id" FROM "public"."memberships" WHERE "public"."memberships"."restaurant_id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."order_history"."seq" FROM "public"."order_history" WHERE "public"."order_history"."order_id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."order_history"."seq" FROM "public"."order_history" WHERE "public"."order_history"."order_id"::text LIKE ($1 || '%') OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE "public"."orders"."id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE "public"."orders"."id" IN ($1) OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."outbox"."id" FROM "public"."outbox" WHERE "public"."outbox"."sent_at" IS NULL OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."outbox"."id" FROM "public"."outbox" WHERE "public"."outbox"."subject" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."outbox"."id" FROM "public"."outbox" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE "public"."parked_messages"."order_id" IN ($1) OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" = $1 AND "public"."parked_messages"."restaurant_id" = $2) OFFSET $3) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" = $1 AND "public"."parked_messages"."state" = $2) OFFSET $3) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" = $1 AND ("public"."parked_messages"."restaurant_id" = $2 OR "public"."parked_messages"."restaurant_id" IS NULL)) OFFSET $3) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" IN ($1,$2,$3,$4,$5,$6) AND "public"."parked_messages"."state" = $7) OFFSET $8) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) AND "public"."parked_messages"."attempts" > $13) OFFSET $14) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."parked_messages"."id" FROM "public"."parked_messages" WHERE ("public"."parked_messages"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40) AND "public"."parked_messages"."state" IN ($41,$42)) OFFSET $43) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."people"."id" FROM "public"."people" WHERE "public"."people"."name" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."rejected_messages"."id" FROM "public"."rejected_messages" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."restaurants"."id" FROM "public"."restaurants" WHERE "public"."restaurants"."id" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."staff_sign_ins"."id" FROM "public"."staff_sign_ins" WHERE "public"."staff_sign_ins"."open_on" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."staff_sign_ins"."id" FROM "public"."staff_sign_ins" WHERE 1=1 OFFSET $1) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."tickets"."id" FROM "public"."tickets" WHERE ("public"."tickets"."order_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40) AND "public"."tickets"."confirmed_at" IS NULL) OFFSET $41) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."topic_incarnations"."id" FROM "public"."topic_incarnations" WHERE "public"."topic_incarnations"."topic" = $1 OFFSET $2) AS "sub"

-- ;
SELECT COUNT(*) AS "_count$_all", "public"."kitchen_actions"."kind" FROM "public"."kitchen_actions" WHERE "public"."kitchen_actions"."order_id" = $1 GROUP BY "public"."kitchen_actions"."kind" ORDER BY "public"."kitchen_actions"."kind" ASC OFFSET $2

-- ;
SELECT DISTINCT a.order_id AS id FROM kitchen_actions a WHERE a.at > $1 AND a.at <= $2 AND a.order_id IS NOT NULL ORDER BY 1

-- ;
SELECT DISTINCT name FROM (
      (SELECT actor AS name FROM audit WHERE restaurant_id = $1 ORDER BY id DESC LIMIT 1000)
      UNION (SELECT by FROM kitchen_actions WHERE restaurant_id = $2 AND kind = ANY($3) AND by IS NOT NULL ORDER BY at DESC LIMIT 1000)) AS who ORDER BY name LIMIT 200

-- ;
SELECT DISTINCT t.id FROM stations s CROSS JOIN LATERAL (SELECT order_id AS id FROM tickets WHERE station_id = s.id AND state = 'held' AND held_for = 'course' OFFSET 0) t

-- ;
SELECT EXISTS (SELECT FROM parked_messages WHERE order_id = $1 AND state = 'PARKED' AND id < $2) AS behind

-- ;
SELECT FROM restaurants WHERE id = $1 FOR UPDATE

-- ;
SELECT asked.id FROM unnest($1::uuid[]) AS asked(id) LEFT JOIN devices d ON d.id = asked.id WHERE d.id IS NULL OR d.revoked_at IS NOT NULL

-- ;
SELECT count(DISTINCT p.order_id)::int AS count FROM (SELECT order_id, restaurant_id FROM parked_messages WHERE state IN ('PARKED', 'FAILED') ORDER BY id DESC LIMIT 2000) p
      WHERE (p.restaurant_id IS NULL OR p.restaurant_id = $1) AND NOT EXISTS (SELECT FROM orders o WHERE o.id = p.order_id)

-- ;
SELECT d.id AS "deviceId", d.name AS "deviceName", d.role, d.revoked_at IS NOT NULL AS revoked,
        r.id AS "restaurantId", r.name AS "restaurantName", r.time_zone AS "timeZone", r.discovered,
        s.id AS "stationId", s.name AS "stationName", s.retired_at IS NOT NULL AS "stationRetired", s.combine AS "stationCombine", s.thresholds AS "stationThresholds"
      FROM unnest($1::uuid[], $2::text[]) AS claim(id, hash)
      JOIN devices d ON d.id = claim.id AND d.token_hash = decode(claim.hash, 'hex')
      JOIN restaurants r ON r.id = d.restaurant_id LEFT JOIN stations s ON s.id = d.station_id
      ORDER BY d.paired_at DESC, d.id

-- ;
SELECT d.id AS "deviceId", p.id, p.name, m.role, EXISTS (
      SELECT 1 FROM memberships o JOIN people q ON q.id = o.person_id WHERE o.restaurant_id = d.restaurant_id AND o.pin_hash IS NOT NULL AND q.revoked_at IS NULL) AS offered
    FROM devices d LEFT JOIN staff_sign_ins s ON s.open_on = d.id AND s.last_tap_at > now() - make_interval(mins => d.staff_minutes)
    LEFT JOIN memberships m ON m.person_id = s.person_id AND m.restaurant_id = d.restaurant_id LEFT JOIN people p ON p.id = m.person_id AND p.revoked_at IS NULL
    WHERE d.id = ANY($1::uuid[])

-- ;
SELECT d.id, d.name, d.role, s.name AS station, d.staff_minutes AS "staffMinutes", d.created_at AS "createdAt", d.paired_at AS "pairedAt",
        CASE WHEN d.token_hash IS NULL AND d.pairing_expires_at > now() THEN d.pairing_expires_at END AS "pairingUntil",
        (SELECT p.name FROM staff_sign_ins i JOIN people p ON p.id = i.person_id WHERE i.open_on = d.id AND i.last_tap_at > now() - make_interval(mins => d.staff_minutes)) AS present
      FROM devices d LEFT JOIN stations s ON s.id = d.station_id WHERE d.restaurant_id = $1 AND d.revoked_at IS NULL ORDER BY lower(d.name), d.id LIMIT 500

-- ;
SELECT d.order_id AS "orderId", d.line_id AS "lineId", d.ready_at AS "readyAt", to_char(d.ready_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD') AS date, to_char(d.ready_at AT TIME ZONE r.time_zone, 'HH24:MI:SS') AS time,
      d.number, d.type, s.name AS station, d.name, d.quantity, to_char(d.called_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS called, to_char(d.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ready, round(EXTRACT(EPOCH FROM d.ready_at - d.called_at)::numeric, 1)::float8 AS seconds
    FROM restaurants r JOIN dish_times d ON d.restaurant_id = r.id JOIN stations s ON s.id = d.station_id
    WHERE r.id = $1 AND d.ready_at >= $2::date::timestamp AT TIME ZONE r.time_zone AND d.ready_at < ($3::date + 1)::timestamp AT TIME ZONE r.time_zone
    ORDER BY d.ready_at, d.order_id, d.line_id LIMIT $4::int

-- ;
SELECT d.order_id AS "orderId", d.line_id AS "lineId", d.ready_at AS "readyAt", to_char(d.ready_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD') AS date, to_char(d.ready_at AT TIME ZONE r.time_zone, 'HH24:MI:SS') AS time,
      d.number, d.type, s.name AS station, d.name, d.quantity, to_char(d.called_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS called, to_char(d.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ready, round(EXTRACT(EPOCH FROM d.ready_at - d.called_at)::numeric, 1)::float8 AS seconds
    FROM restaurants r JOIN dish_times d ON d.restaurant_id = r.id JOIN stations s ON s.id = d.station_id
    WHERE r.id = $1 AND d.ready_at >= $2::date::timestamp AT TIME ZONE r.time_zone AND d.ready_at < ($3::date + 1)::timestamp AT TIME ZONE r.time_zone AND (d.ready_at, d.order_id, d.line_id) > ($4, $5, $6)
    ORDER BY d.ready_at, d.order_id, d.line_id LIMIT $7::int

-- ;
SELECT document::text FROM archived_orders WHERE order_id = $1 ORDER BY archived_at DESC LIMIT 1

-- ;
SELECT i.id, i.name, i.email, (SELECT g ->> 'role' FROM jsonb_array_elements(i.grants) AS g WHERE g ->> 'restaurantId' = $1 LIMIT 1) AS role, i.created_at AS "createdAt", i.expires_at AS "expiresAt"
      FROM invitations i WHERE i.grants @> $2::jsonb AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() ORDER BY i.created_at DESC LIMIT 100

-- ;
SELECT id FROM parked_messages WHERE order_id = $1 AND state IN ('PARKED', 'FAILED') ORDER BY state = 'FAILED', CASE state WHEN 'PARKED' THEN id ELSE -id END LIMIT 1

-- ;
SELECT id, agent, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM sessions
      WHERE person_id = $1::uuid AND revoked_at IS NULL AND expires_at > now() AND last_seen_at > now() - make_interval(secs => $2)
      ORDER BY last_seen_at DESC, id LIMIT 100

-- ;
SELECT id, name FROM people WHERE email = $1 AND password_hash IS NOT NULL AND revoked_at IS NULL FOR UPDATE

-- ;
SELECT id, name, combine, thresholds FROM stations WHERE restaurant_id = $1

-- ;
SELECT id, name, password_hash AS "passwordHash" FROM people WHERE email = $1 AND revoked_at IS NULL

-- ;
SELECT id, person_id AS "personId", name, email, operator, grants, created_by AS "createdBy" FROM invitations
      WHERE (token_hash = decode($1, 'hex') OR mail_token_hash = decode($2, 'hex')) AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()

-- ;
SELECT l.order_id, l.parked, o.version, o.status, o.closed_at IS NOT NULL AS closed FROM jsonb_array_elements_text($1::jsonb) AS asked(id)
    CROSS JOIN LATERAL (SELECT * FROM lanes WHERE lanes.order_id = asked.id OFFSET 0) l LEFT JOIN LATERAL (SELECT * FROM orders WHERE orders.id = asked.id OFFSET 0) o ON true

-- ;
SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL

-- ;
SELECT o.id AS "orderId", COALESCE(o.number, o.id) AS number, l.name, l.quantity, l.category, l.sku, o.type, s.name AS station
    FROM (SELECT * FROM orders WHERE orders.restaurant_id = $1 AND orders.closed_at IS NULL OFFSET 0) o CROSS JOIN LATERAL (SELECT * FROM line_items WHERE line_items.order_id = o.id OFFSET 0) l
    JOIN stations s ON s.id = l.station_id
    WHERE NOT l.voided AND l.state IN ('held', 'waiting', 'cooking') AND o.status <> 'CANCELED' ORDER BY o.received_at, o.id, l.position

-- ;
SELECT order_id AS id FROM lanes WHERE order_id = ANY($1::text[]) ORDER BY order_id COLLATE "C" FOR UPDATE SKIP LOCKED

-- ;
SELECT p.id, p.name, m.role FROM memberships m JOIN people p ON p.id = m.person_id
        WHERE m.restaurant_id = $1 AND m.pin_hash IS NOT NULL AND p.revoked_at IS NULL ORDER BY lower(p.name), p.id LIMIT 500

-- ;
SELECT p.id, p.name, m.role, m.pin_hash AS "pinHash" FROM memberships m JOIN people p ON p.id = m.person_id
      WHERE p.id = $1::uuid AND m.restaurant_id = $2 AND p.revoked_at IS NULL

-- ;
SELECT p.id, p.name, p.email, m.role, m.pin_hash IS NOT NULL AS "hasPin", p.password_hash IS NOT NULL AS "hasAccount", p.operator, m.created_at AS since
      FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.restaurant_id = $1 AND p.revoked_at IS NULL ORDER BY lower(p.name), p.id

-- ;
SELECT p.id, p.name, p.email, p.operator, s.id AS "sessionId", s.last_seen_at < now() - make_interval(secs => $1) AS stale,
        coalesce((SELECT jsonb_object_agg(m.restaurant_id, m.role) FROM memberships m WHERE m.person_id = p.id), '{}'::jsonb) AS roles
      FROM sessions s JOIN people p ON p.id = s.person_id
      WHERE s.token_hash = decode($2, 'hex') AND s.revoked_at IS NULL AND p.revoked_at IS NULL
        AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => $3)

-- ;
SELECT p.name FROM people p JOIN devices d ON d.id = $1::uuid JOIN memberships m ON m.person_id = p.id AND m.restaurant_id = d.restaurant_id
    WHERE p.id = $2::uuid AND p.revoked_at IS NULL AND EXISTS (
      SELECT 1 FROM staff_sign_ins s WHERE s.device_id = d.id AND s.person_id = p.id AND coalesce(s.ended_at, s.last_tap_at + make_interval(mins => d.staff_minutes)) > now() - make_interval(hours => $3))

-- ;
SELECT p.name, m.role, p.operator FROM memberships m JOIN people p ON p.id = m.person_id
        WHERE p.id = $1::uuid AND m.restaurant_id = $2 AND p.revoked_at IS NULL FOR UPDATE OF p

-- ;
SELECT p.name, p.email, p.operator, p.password_hash IS NOT NULL AS "hasAccount" FROM people p JOIN memberships m ON m.person_id = p.id
      WHERE p.id = $1::uuid AND m.restaurant_id = $2 AND p.revoked_at IS NULL

-- ;
SELECT p.orders, p.parked, p.oldest, (SELECT count(*)::int FROM parked_messages WHERE state = 'FAILED') AS failed, r.last,
            CASE WHEN $1 OR r.last IS DISTINCT FROM $2::bigint THEN (SELECT count(*)::int FROM rejected_messages) END AS rejected, m.missing, m.lately AS "missingLately"
          FROM (SELECT count(DISTINCT order_id)::int AS orders, count(*)::int AS parked, min(parked_at) AS oldest FROM parked_messages WHERE state = 'PARKED') p,
            (SELECT COALESCE(sum(to_offset - from_offset), 0)::float8 AS missing, COALESCE(sum(to_offset - from_offset) FILTER (WHERE at > now() - interval '24 hours'), 0)::float8 AS lately
              FROM missing_messages) m, (SELECT max(id) AS last FROM rejected_messages) r

-- ;
SELECT parked.orders AS "parkedOrders", parked.messages AS "parkedMessages", parked.oldest AS "oldestParkedAt",
          (SELECT count(*)::int FROM parked_messages WHERE state = 'FAILED') AS "failedMessages",
          (SELECT count(*)::int FROM rejected_messages) AS "rejectedMessages",
          (SELECT COALESCE(sum(to_offset - from_offset), 0)::float8 FROM missing_messages) AS "missingMessages"
        FROM (SELECT count(DISTINCT order_id)::int AS orders, count(*)::int AS messages, min(parked_at) AS oldest
          FROM parked_messages WHERE state = 'PARKED') AS parked

-- ;
SELECT pg_try_advisory_xact_lock($1) AS free

-- ;
SELECT r.discovered, json_build_object('name', r.name, 'timeZone', r.time_zone, 'courses', json_build_object('mode', r.course_mode, 'gapSeconds', r.course_gap_seconds), 'stations', COALESCE((
      SELECT json_agg(json_build_object('name', s.name, 'fallback', s.fallback, 'combine', s.combine, 'thresholds', s.thresholds, 'routes', COALESCE((
          SELECT json_agg(json_strip_nulls(json_build_object('category', u.category, 'sku', u.sku, 'type', u.type)) ORDER BY u.position) FROM routing_rules u WHERE u.station_id = s.id), '[]'))
        ORDER BY s.position, s.name) FROM stations s WHERE s.restaurant_id = r.id AND s.retired_at IS NULL), '[]')) AS setup
    FROM restaurants r WHERE r.id = $1

-- ;
SELECT r.id, r.rev, n.now FROM (SELECT clock_timestamp() AS now) n LEFT JOIN restaurants r ON r.id IN (SELECT jsonb_array_elements_text($1::jsonb))

-- ;
SELECT restaurant_id AS "restaurantId" FROM memberships WHERE person_id = $1::uuid

-- ;
SELECT restaurant_id AS "restaurantId", name, revoked_at IS NOT NULL AS revoked FROM devices
        WHERE id = $1::uuid AND restaurant_id = coalesce($2, restaurant_id) FOR UPDATE

-- ;
SELECT result, device_id AS "deviceId", person_id AS "personId" FROM kitchen_actions WHERE id = $1::uuid

-- ;
SELECT rev FROM restaurants WHERE id = $1

-- ;
SELECT rev, clock_timestamp() AS now FROM restaurants WHERE id = $1 FOR UPDATE

-- ;
SELECT s.id AS "sessionId", p.operator, coalesce((SELECT jsonb_object_agg(m.restaurant_id, m.role) FROM memberships m WHERE m.person_id = p.id), '{}'::jsonb) AS roles
      FROM sessions s JOIN people p ON p.id = s.person_id
      WHERE s.id = ANY($1::uuid[]) AND s.revoked_at IS NULL AND p.revoked_at IS NULL
        AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => $2)

-- ;
SELECT s.name AS station, (SELECT count(*)::int FROM tickets t JOIN orders o ON o.id = t.order_id WHERE t.station_id = s.id AND t.state IN ('open', 'held') AND o.closed_at IS NULL) AS tickets,
      (SELECT count(*)::int FROM devices d WHERE d.station_id = s.id AND d.revoked_at IS NULL AND d.paired_at IS NOT NULL) AS screens
    FROM stations s WHERE s.restaurant_id = $1 AND s.retired_at IS NULL ORDER BY s.position

-- ;
SELECT story, archived_at AS at FROM archived_orders WHERE order_id = $1 ORDER BY archived_at

-- ;
SELECT t.id FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, station_id uuid) JOIN tickets t ON t.id = s.id AND t.station_id = s.station_id WHERE t.state = 'open' AND t.confirmed_at IS NULL

-- ;
SELECT to_regclass('environment_stamp') IS NOT NULL AS stamped

-- ;
UPDATE "public"."parked_messages" SET "state" = $1 WHERE "public"."parked_messages"."order_id" = $2

-- ;
UPDATE "public"."people" SET "revoked_at" = $1 WHERE ("public"."people"."id" = $2 AND 1=1) RETURNING "public"."people"."id", "public"."people"."name", "public"."people"."email", "public"."people"."password_hash", "public"."people"."operator", "public"."people"."created_at", "public"."people"."revoked_at"

-- ;
UPDATE "public"."restaurants" SET "course_mode" = $1, "course_gap_seconds" = $2 WHERE ("public"."restaurants"."id" = $3 AND 1=1) RETURNING "public"."restaurants"."id", "public"."restaurants"."name", "public"."restaurants"."time_zone", "public"."restaurants"."rev", "public"."restaurants"."discovered", "public"."restaurants"."course_mode", "public"."restaurants"."course_gap_seconds", "public"."restaurants"."created_at"

-- ;
UPDATE "public"."stations" SET "combine" = $1 WHERE "public"."stations"."restaurant_id" = $2

-- ;
UPDATE "public"."tickets" SET "confirmed_at" = $1, "confirmed_by" = $2 WHERE ("public"."tickets"."id" = $3 AND 1=1) RETURNING "public"."tickets"."id", "public"."tickets"."order_id", "public"."tickets"."station_id", "public"."tickets"."firing", "public"."tickets"."state", "public"."tickets"."notices", "public"."tickets"."fired_at", "public"."tickets"."bumped_at", "public"."tickets"."bumped_by", "public"."tickets"."course", "public"."tickets"."held_for", "public"."tickets"."held_until", "public"."tickets"."confirmed_at", "public"."tickets"."confirmed_by"

-- ;
UPDATE devices SET name = coalesce($1, name), staff_minutes = coalesce($2::int, staff_minutes)
        WHERE id = $3::uuid AND restaurant_id = $4 AND revoked_at IS NULL

-- ;
UPDATE devices SET pairing_hash = decode($1, 'hex'), code_hash = decode($2, 'hex'), pairing_expires_at = now() + make_interval(secs => $3)
        WHERE id = $4::uuid AND restaurant_id = $5 AND token_hash IS NULL AND revoked_at IS NULL RETURNING pairing_expires_at AS "expiresAt"

-- ;
UPDATE devices SET revoked_at = now(), pairing_hash = NULL, code_hash = NULL, pairing_expires_at = NULL WHERE id = $1::uuid

-- ;
UPDATE devices d SET pairing_hash = NULL, code_hash = NULL, pairing_expires_at = NULL, token_hash = decode($1, 'hex'), paired_at = now()
        WHERE d.code_hash = decode($2, 'hex') AND d.pairing_expires_at > now() AND d.revoked_at IS NULL
        RETURNING d.id, d.name, d.restaurant_id AS "restaurantId", d.role, (SELECT s.name FROM stations s WHERE s.id = d.station_id) AS station

-- ;
UPDATE devices d SET pairing_hash = NULL, code_hash = NULL, pairing_expires_at = NULL, token_hash = decode($1, 'hex'), paired_at = now()
        WHERE d.pairing_hash = decode($2, 'hex') AND d.pairing_expires_at > now() AND d.revoked_at IS NULL
        RETURNING d.id, d.name, d.restaurant_id AS "restaurantId", d.role, (SELECT s.name FROM stations s WHERE s.id = d.station_id) AS station

-- ;
UPDATE invitations SET mail_token_hash = decode($1, 'hex') WHERE id = $2::uuid AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()

-- ;
UPDATE invitations SET revoked_at = now() WHERE created_by = $1 AND used_at IS NULL AND revoked_at IS NULL

-- ;
UPDATE invitations SET revoked_at = now() WHERE id = $1::uuid AND grants @> $2::jsonb AND used_at IS NULL AND revoked_at IS NULL

-- ;
UPDATE invitations SET revoked_at = now() WHERE person_id = $1::uuid AND created_by = $2 AND used_at IS NULL AND revoked_at IS NULL

-- ;
UPDATE invitations SET revoked_at = now() WHERE person_id = $1::uuid AND used_at IS NULL AND revoked_at IS NULL

-- ;
UPDATE invitations SET used_at = now(), token_hash = NULL, mail_token_hash = NULL WHERE id = $1::uuid AND used_at IS NULL AND revoked_at IS NULL

-- ;
UPDATE lanes l SET lease_token = gen_random_uuid(), lease_until = now() + $1 * interval '1 second'
    FROM (SELECT order_id FROM lanes WHERE next_attempt_at <= now() AND parked > 0 AND (lease_until IS NULL OR lease_until < now())
            AND order_id <> ALL ($2::text[])
          ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
    WHERE l.order_id = due.order_id
    RETURNING l.order_id, l.lease_token, (SELECT max(id) FROM parked_messages p WHERE p.order_id = l.order_id) AS up_to

-- ;
UPDATE lanes l SET parked = u.parked, next_attempt_at = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.next_attempt_at ELSE $1::timestamptz + u.wait_ms * interval '1 ms' END,
      lease_token = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_token END, lease_until = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_until END,
      forced = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.forced ELSE u.forced END
    FROM jsonb_to_recordset($2::jsonb) AS u(order_id text, parked int, wait_ms double precision, forced boolean) WHERE l.order_id = u.order_id

-- ;
UPDATE lanes l SET parked = u.parked, next_attempt_at = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.next_attempt_at ELSE now() + u.wait_ms * interval '1 ms' END,
      lease_token = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_token END, lease_until = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_until END,
      forced = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.forced ELSE u.forced END
    FROM jsonb_to_recordset($1::jsonb) AS u(order_id text, parked int, wait_ms double precision, forced boolean) WHERE l.order_id = u.order_id

-- ;
UPDATE memberships SET pin_hash = $1 WHERE person_id = $2::uuid AND restaurant_id = $3

-- ;
UPDATE memberships SET role = $1 WHERE person_id = $2::uuid AND restaurant_id = $3

-- ;
UPDATE outbox SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
      WHERE id = (SELECT id FROM outbox WHERE sent_at IS NULL AND next_attempt_at <= now() ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, subject, body, recipient, invitation_id AS "invitationId", created_at AS "createdAt", attempts

-- ;
UPDATE outbox SET next_attempt_at = now() + make_interval(secs => $1), last_error = $2 WHERE id = $3 AND sent_at IS NULL

-- ;
UPDATE outbox SET sent_at = now(), next_attempt_at = NULL, last_error = NULL WHERE id = $1

-- ;
UPDATE parked_messages SET state = 'DISCARDED', next_attempt_at = NULL WHERE order_id = 'f-discarded'

-- ;
UPDATE parked_messages SET state = 'DISCARDED', next_attempt_at = NULL, ended_at = now() WHERE id = $1

-- ;
UPDATE parked_messages SET state = 'PARKED', next_attempt_at = now() WHERE id = $1

-- ;
UPDATE parked_messages q SET state = u.state, attempts = u.attempts, next_attempt_at = $1::timestamptz + u.wait_ms * interval '1 ms', last_error = COALESCE(u.error, q.last_error),
      fetches = CASE WHEN u.tried IS NULL OR u.tried = 'null'::jsonb THEN q.fetches WHEN jsonb_array_length(q.fetches) >= $2::int THEN (q.fetches - 1) || u.tried ELSE q.fetches || u.tried END,
      ended_at = CASE WHEN u.state IN ('SUPERSEDED', 'APPLIED') THEN $3::timestamptz END
    FROM jsonb_to_recordset($4::jsonb) AS u(id bigint, state text, attempts int, wait_ms double precision, error text, tried jsonb) WHERE q.id = u.id

-- ;
UPDATE people SET operator = true WHERE id = $1::uuid

-- ;
UPDATE people SET password_hash = $1 WHERE id = $2::uuid

-- ;
UPDATE people SET revoked_at = now(), password_hash = NULL, email = NULL WHERE id = $1::uuid AND NOT operator AND NOT EXISTS (SELECT 1 FROM memberships WHERE person_id = $2::uuid)

-- ;
UPDATE sessions SET last_seen_at = now() WHERE id = $1::uuid

-- ;
UPDATE sessions SET revoked_at = now() WHERE id = $1::uuid AND person_id = $2::uuid AND revoked_at IS NULL

-- ;
UPDATE sessions SET revoked_at = now() WHERE person_id = $1::uuid AND id <> $2::uuid AND revoked_at IS NULL

-- ;
UPDATE sessions SET revoked_at = now() WHERE person_id = $1::uuid AND revoked_at IS NULL

-- ;
UPDATE sessions SET revoked_at = now() WHERE token_hash = decode($1, 'hex') AND revoked_at IS NULL

-- ;
UPDATE sessions SET token_hash = decode($1, 'hex') WHERE id = $2::uuid

-- ;
UPDATE staff_sign_ins SET ended_at = now(), open_on = NULL WHERE open_on = $1::uuid

-- ;
UPDATE staff_sign_ins SET last_tap_at = now() FROM devices d
    WHERE open_on = $1::uuid AND person_id = $2::uuid AND d.id = device_id
      AND last_tap_at > now() - make_interval(mins => d.staff_minutes) AND last_tap_at < now() - interval '20 seconds'

-- ;
UPDATE staff_sign_ins s SET ended_at = now(), open_on = NULL FROM devices d
  WHERE s.person_id = $1::uuid AND s.open_on IS NOT NULL AND d.id = s.device_id AND d.restaurant_id = $2

-- ;
UPDATE stations SET retired_at = coalesce(retired_at, now()), fallback = false, position = position + 1000
    WHERE restaurant_id = $1 AND retired_at IS NULL AND id NOT IN (SELECT (s ->> 'id')::uuid FROM jsonb_array_elements($2::jsonb) AS s)

-- ;
WITH asked AS (SELECT $1::text AS id),
    items AS (
      SELECT l.*, s.name AS station FROM asked JOIN line_items l ON l.order_id = asked.id LEFT JOIN stations s ON s.id = l.station_id),
    history AS (
      SELECT json_agg(json_build_object('at', to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kind', h.kind, 'status', h.status,
        'version', h.version, 'partition', h.partition, 'offset', h."offset") ORDER BY h.seq) AS rows
      -- Known only from the retry table, an order has no history yet: nothing of it has reached a screen.
      FROM asked JOIN orders o ON o.id = asked.id JOIN order_history h ON h.order_id = asked.id WHERE NOT h.redelivery),
    parked AS (
      SELECT json_agg(json_build_object('id', p.id::text, 'partition', p.partition, 'offset', p."offset", 'state', p.state, 'attempts', p.attempts,
        'nextAttemptAt', to_char(p.next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastError', p.last_error) ORDER BY p.id) AS rows
      FROM asked JOIN parked_messages p ON p.order_id = asked.id)
    SELECT o.id IS NOT NULL OR parked.rows IS NOT NULL AS known, o.id IS NOT NULL AS stored,
      json_build_object('id', asked.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version,
        'items', coalesce((
          SELECT json_agg(json_build_object('id', i.id, 'name', i.name, 'quantity', i.quantity, 'voided', i.voided, 'station', i.station, 'state', i.state)
            ORDER BY i.position, i.id) FROM items i), '[]'),
        'tickets', coalesce((
          SELECT json_agg(json_build_object('id', t.id, 'station', s.name, 'state', t.state, 'itemIds', coalesce((
            SELECT json_agg(i.id ORDER BY i.position, i.id) FROM items i WHERE i.ticket_id = t.id), '[]')) ORDER BY t.firing, s.position, t.id)
          FROM tickets t LEFT JOIN stations s ON s.id = t.station_id WHERE t.order_id = asked.id), '[]'),
        'history', coalesce(history.rows, '[]'), 'parked', coalesce(parked.rows, '[]'))::text AS document
    FROM asked LEFT JOIN orders o ON o.id = asked.id CROSS JOIN history CROSS JOIN parked

-- ;
WITH asked AS (SELECT $1::text AS id),
    parked AS MATERIALIZED (SELECT p.* FROM asked JOIN parked_messages p ON p.order_id = asked.id),
    rejected AS MATERIALIZED (SELECT r.* FROM asked JOIN rejected_messages r ON r.key = convert_to(asked.id, 'UTF8'))
    SELECT o.id IS NOT NULL OR EXISTS (SELECT FROM parked) OR EXISTS (SELECT FROM rejected) AS known, json_build_object(
      'order', CASE WHEN o.id IS NOT NULL THEN json_build_object('number', o.number, 'restaurantId', o.restaurant_id, 'status', o.status, 'receivedAt', to_char(o.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'closedAt', to_char(o.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'type', o.type, 'table', o.table_name) END,
      'restaurantIds', COALESCE((SELECT json_agg(DISTINCT p.restaurant_id) FROM parked p WHERE p.restaurant_id IS NOT NULL), '[]'::json),
      'history', COALESCE((SELECT json_agg(json_build_object('at', to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kind', h.kind, 'status', h.status, 'version', h.version, 'partition', h.partition, 'offset', h."offset",
        'redelivery', h.redelivery, 'fetchedAt', to_char(h.fetched_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'fetchMs', h.fetch_ms, 'fetchTries', h.fetch_tries) ORDER BY h.seq) FROM order_history h WHERE h.order_id = asked.id), '[]'::json),
      'parked', COALESCE((SELECT json_agg(json_build_object('id', p.id::text, 'partition', p.partition, 'offset', p."offset", 'state', p.state, 'attempts', p.attempts, 'parkedAt', to_char(p.parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'endedAt', to_char(p.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'nextAttemptAt', to_char(p.next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastError', p.last_error, 'fetches', p.fetches) ORDER BY p.id) FROM parked p), '[]'::json),
      'tickets', COALESCE((SELECT json_agg(json_build_object('id', t.id, 'station', s.name, 'firing', t.firing, 'state', t.state, 'course', t.course, 'heldFor', t.held_for, 'firedAt', to_char(t.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'confirmedAt', to_char(t.confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'confirmedBy', COALESCE((SELECT d.name FROM devices d WHERE d.id::text = t.confirmed_by), t.confirmed_by), 'bumpedAt', to_char(t.bumped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bumpedBy', t.bumped_by)
        ORDER BY t.firing, s.position, t.id) FROM tickets t LEFT JOIN stations s ON s.id = t.station_id WHERE t.order_id = asked.id), '[]'::json),
      'lines', COALESCE((SELECT json_agg(json_build_object('id', l.id, 'name', l.name, 'quantity', l.quantity, 'ticketId', l.ticket_id, 'state', l.state, 'addedAt', to_char(l.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        ORDER BY l.position, l.id) FROM line_items l WHERE l.order_id = asked.id), '[]'::json),
      'taps', COALESCE((SELECT json_agg(json_build_object('at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kind', a.kind, 'by', a.by, 'device', d.name, 'command', a.command, 'outcome', a.result->>'outcome',
        'why', a.result->'why'->>'code') ORDER BY a.at, a.id) FROM kitchen_actions a LEFT JOIN devices d ON d.id = a.device_id WHERE a.order_id = asked.id), '[]'::json),
      'operator', COALESCE((SELECT json_agg(json_build_object('at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'actor', e.actor, 'action', e.action) ORDER BY e.id) FROM audit e
        WHERE e.action IN ('parked.retry', 'parked.discard') AND e.subject IN (SELECT p.id::text FROM parked p)), '[]'::json),
      'rejected', COALESCE((SELECT json_agg(json_build_object('at', to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'partition', r.partition, 'offset', r."offset", 'reason', r.reason) ORDER BY r.id) FROM rejected r), '[]'::json))::text AS rows
    FROM asked LEFT JOIN orders o ON o.id = asked.id

-- ;
WITH at AS (SELECT $1::int AS i, $2::int AS p, $3::bigint AS low, $4::bigint AS high),
      places AS (SELECT h."offset" FROM at JOIN order_history h ON h.incarnation_id = i AND h.partition = p AND h."offset" >= low AND h."offset" < high
        UNION ALL SELECT k."offset" FROM at JOIN parked_messages k ON k.incarnation_id = i AND k.partition = p AND k."offset" >= low AND k."offset" < high
        UNION ALL SELECT r."offset" FROM at JOIN rejected_messages r ON r.incarnation_id = i AND r.partition = p AND r."offset" >= low AND r."offset" < high),
      known AS (SELECT "offset" AS begins, "offset" + 1 AS ends FROM places
        UNION ALL SELECT low, GREATEST(low, q.next_offset) FROM at JOIN partition_progress q ON q.incarnation_id = i AND q.partition = p
        UNION ALL SELECT m.from_offset, m.to_offset FROM at JOIN missing_messages m ON m.incarnation_id = i AND m.partition = p AND m.to_offset > low AND m.from_offset < high
        UNION ALL SELECT high, high FROM at),
      -- What is known before each known range ends somewhere: between there and the range nothing is known.
      gaps AS (SELECT COALESCE(max(ends) OVER (ORDER BY begins, ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), low) AS begins, LEAST(begins, high) AS ends FROM known CROSS JOIN at),
      noted AS (INSERT INTO missing_messages (incarnation_id, partition, from_offset, to_offset, at)
        SELECT i, p, begins, ends, now() FROM gaps CROSS JOIN at WHERE begins < ends RETURNING from_offset, to_offset),
      sums AS (SELECT min(from_offset) AS begins, max(to_offset) AS ends, sum(to_offset - from_offset) AS missing FROM noted)
      SELECT begins::float8 AS "from", ends::float8 AS "to", missing::float8 AS missing, (SELECT h.at FROM order_history h
        WHERE h.incarnation_id = i AND h.partition = p AND h."offset" < begins ORDER BY h."offset" DESC LIMIT 1) AS after
      FROM sums CROSS JOIN at WHERE missing > 0

-- ;
WITH candidates AS (
          SELECT id, row_number() OVER w AS nth,
            sum(coalesce(octet_length(key), 0) + coalesce(octet_length(value), 0) + coalesce(pg_column_size(headers), 0)) OVER w AS bytes
          FROM (SELECT * FROM rejected_messages WHERE id > $1 ORDER BY id LIMIT $2) AS few WINDOW w AS (ORDER BY id)),
        page AS (SELECT id FROM candidates WHERE nth = 1 OR (nth <= $3 AND bytes <= $4))
        SELECT r.id, r.partition, r."offset", r.at, r.reason, r.key, r.value, r.headers,
          (SELECT count(*) FROM candidates) > (SELECT count(*) FROM page) AS more
        FROM page JOIN rejected_messages r USING (id) ORDER BY r.id

-- ;
WITH hot AS MATERIALIZED (
        SELECT * FROM orders WHERE restaurant_id = $1 AND (id = $2 OR lower(COALESCE(number, id)) = lower($3) OR ($4::text IS NOT NULL AND number ~ $5))
        ORDER BY received_at DESC LIMIT $6),
      archived AS MATERIALIZED (
        SELECT * FROM (SELECT DISTINCT ON (order_id) a.* FROM (
          SELECT * FROM archived_orders WHERE order_id = $7 UNION ALL SELECT * FROM archived_orders WHERE number = ANY($8::text[])) a
          WHERE a.restaurant_id = $9 AND NOT EXISTS (SELECT FROM orders o WHERE o.id = a.order_id) ORDER BY order_id, archived_at DESC) b
        ORDER BY received_at DESC LIMIT $10),
      foreign_id AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM orders WHERE id = $11 AND restaurant_id <> $12) OR EXISTS (SELECT FROM archived_orders WHERE order_id = $13 AND restaurant_id <> $14) AS it),
      ids AS MATERIALIZED (SELECT id FROM hot UNION SELECT order_id FROM archived UNION SELECT $15 WHERE NOT (SELECT it FROM foreign_id))
      SELECT
        (SELECT COALESCE(json_agg(json_build_object(
  'id', o.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version, 'type', o.type, 'table', o.table_name,
  'guests', o.guests, 'priority', o.priority, 'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dueAt', to_char(o.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', o.note,
  'receivedAt', to_char(o.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changedAt', to_char(o.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'closedAt', to_char(o.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'rush', o.rush, 'hold', o.hold, 'delayNote', o.delay_note,
  'lines', COALESCE((SELECT json_agg(json_build_object(
      'id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'category', l.category, 'quantity', l.quantity, 'modifiers', l.modifiers,
      'allergens', l.allergens, 'note', l.note, 'course', l.course, 'seat', l.seat, 'voided', l.voided, 'stationId', l.station_id, 'ticketId', l.ticket_id,
      'state', l.state, 'flag', l.flag, 'addedAt', to_char(l.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'startedAt', to_char(l.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'readyAt', to_char(l.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'servedAt', to_char(l.served_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY l.position, l.id) FROM line_items l WHERE l.order_id = o.id), '[]'),
  'tickets', COALESCE((SELECT json_agg(json_build_object(
      'id', t.id, 'stationId', t.station_id, 'firing', t.firing, 'state', t.state, 'notices', t.notices, 'firedAt', to_char(t.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'bumpedAt', to_char(t.bumped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bumpedBy', t.bumped_by, 'course', t.course, 'heldFor', t.held_for, 'heldUntil', to_char(t.held_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY t.fired_at, t.firing, t.id) FROM tickets t WHERE t.order_id = o.id), '[]')) ORDER BY o.received_at DESC), '[]') FROM hot o) AS hot,
        (SELECT COALESCE(json_agg(a.kitchen_order ORDER BY a.received_at DESC), '[]') FROM archived a) AS archived,
        (SELECT COALESCE(json_agg(p), '[]') FROM (
          SELECT DISTINCT ON (p.order_id) p.order_id AS "orderId", p.state, p.attempts, to_char(p.next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "nextAttemptAt", p.last_error AS "lastError", to_char(p.parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "parkedAt",
            p.order_id IN (SELECT id FROM hot UNION ALL SELECT order_id FROM archived) AS known
          FROM ids JOIN parked_messages p ON p.order_id = ids.id
          WHERE p.state IN ('PARKED', 'FAILED', 'DISCARDED') AND (p.restaurant_id IS NULL OR p.restaurant_id = $16)
          ORDER BY p.order_id, CASE p.state WHEN 'PARKED' THEN 0 WHEN 'FAILED' THEN 1 ELSE 2 END, CASE p.state WHEN 'PARKED' THEN p.id ELSE -p.id END) p) AS parked,
        (SELECT json_build_object('at', to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', x.reason) FROM rejected_messages x
          WHERE x.key = convert_to($17, 'UTF8') AND NOT (SELECT it FROM foreign_id) ORDER BY x.id DESC LIMIT 1) AS rejected,
        (SELECT COALESCE(json_object_agg(s.id, s.name), '{}') FROM stations s WHERE s.restaurant_id = $18) AS stations

-- ;
WITH ids AS MATERIALIZED (SELECT id FROM jsonb_array_elements_text($1::jsonb) AS id),
    msgs AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($2::jsonb) AS m(order_id text, i int, p int, o bigint, digest text))
    SELECT json_build_object(
      'now', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'orders', (SELECT json_agg(json_build_object(
  'id', o.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version, 'type', o.type, 'table', o.table_name,
  'guests', o.guests, 'priority', o.priority, 'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dueAt', to_char(o.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', o.note,
  'receivedAt', to_char(o.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changedAt', to_char(o.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'closedAt', to_char(o.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'rush', o.rush, 'hold', o.hold, 'delayNote', o.delay_note,
  'lines', COALESCE((SELECT json_agg(json_build_object(
      'id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'category', l.category, 'quantity', l.quantity, 'modifiers', l.modifiers,
      'allergens', l.allergens, 'note', l.note, 'course', l.course, 'seat', l.seat, 'voided', l.voided, 'stationId', l.station_id, 'ticketId', l.ticket_id,
      'state', l.state, 'flag', l.flag, 'addedAt', to_char(l.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'startedAt', to_char(l.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'readyAt', to_char(l.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'servedAt', to_char(l.served_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY l.position, l.id) FROM line_items l WHERE l.order_id = o.id), '[]'),
  'tickets', COALESCE((SELECT json_agg(json_build_object(
      'id', t.id, 'stationId', t.station_id, 'firing', t.firing, 'state', t.state, 'notices', t.notices, 'firedAt', to_char(t.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'bumpedAt', to_char(t.bumped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bumpedBy', t.bumped_by, 'course', t.course, 'heldFor', t.held_for, 'heldUntil', to_char(t.held_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY t.fired_at, t.firing, t.id) FROM tickets t WHERE t.order_id = o.id), '[]'))) FROM ids CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o),
      'live', (SELECT json_agg(json_build_object('orderId', q.order_id, 'id', q.id, 'incarnationId', q.incarnation_id, 'partition', q.partition, 'offset', q."offset",
          'status', q.status, 'version', q.version, 'digest', encode(q.digest, 'hex'), 'state', q.state, 'attempts', q.attempts) ORDER BY q.id)
        FROM ids CROSS JOIN LATERAL (SELECT * FROM parked_messages p WHERE p.order_id = ids.id AND p.state IN ('PARKED', 'FAILED') OFFSET 0) q),
      'settled', (SELECT json_agg(json_build_object('incarnationId', m.i, 'partition', m.p, 'offset', m.o, 'digest', encode(e.digest, 'hex'))) FROM msgs m CROSS JOIN LATERAL (
        (SELECT digest FROM order_history h WHERE h.incarnation_id = m.i AND h.partition = m.p AND h."offset" = m.o)
        UNION ALL (SELECT digest FROM parked_messages q WHERE q.incarnation_id = m.i AND q.partition = m.p AND q."offset" = m.o) LIMIT 1) e),
      'applied', (SELECT json_agg(json_build_object('orderId', ids.id, 'place', a.place, 'offset', a."offset")) FROM ids CROSS JOIN LATERAL (
        SELECT h.incarnation_id || '/' || h.partition AS place, max(h."offset") AS "offset" FROM order_history h WHERE h.order_id = ids.id AND h.kind = 'APPLIED' GROUP BY h.incarnation_id, h.partition) a),
      'digests', (SELECT json_agg(json_build_object('orderId', m.order_id, 'digest', m.digest)) FROM msgs m CROSS JOIN LATERAL (
        SELECT FROM order_history h WHERE h.order_id = m.order_id AND h.digest = decode(m.digest, 'hex') LIMIT 1) d),
      'setups', (SELECT json_object_agg(r.id, json_build_object('courses', json_build_object('mode', r.course_mode, 'gapSeconds', r.course_gap_seconds), 'stations', COALESCE((
        SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'fallback', s.fallback, 'routes', COALESCE((
            SELECT json_agg(json_build_object('category', r.category, 'sku', r.sku, 'type', r.type) ORDER BY r.position) FROM routing_rules r WHERE r.station_id = s.id), '[]'))
          ORDER BY s.position, s.name)
        FROM stations s WHERE s.restaurant_id = r.id AND s.retired_at IS NULL), '[]')))
        FROM jsonb_array_elements_text($3::jsonb) AS asked CROSS JOIN LATERAL (SELECT * FROM restaurants WHERE restaurants.id = asked OFFSET 0) r)
    ) AS known

-- ;
WITH known AS (SELECT COALESCE((SELECT up_to FROM collector_progress WHERE name = $1), now() - $2 * interval '1 day') AS up_to),
      next AS (SELECT up_to, COALESCE((SELECT min(a.at) FROM kitchen_actions a WHERE a.at > up_to), now()) AS tap FROM known)
      SELECT LEAST(up_to, now()) - $3 * interval '1 second' AS "from", LEAST(tap + $4 * interval '1 minute', now()) AS "to", now() AS now FROM next

-- ;
WITH live AS MATERIALIZED (SELECT p.order_id, min(p.restaurant_id) AS said, min(p.parked_at) AS parked_at, count(*)::int AS messages, bool_or(p.state = 'PARKED') AS waits,
        max(p.attempts) AS attempts, min(p.next_attempt_at) AS next_attempt_at, (array_agg(p.last_error ORDER BY p.id) FILTER (WHERE p.last_error IS NOT NULL))[1] AS last_error
      FROM unnest(ARRAY['PARKED', 'FAILED']) AS wanted(state) CROSS JOIN LATERAL (SELECT * FROM parked_messages WHERE parked_messages.state = wanted.state OFFSET 0) p GROUP BY p.order_id),
    whose AS MATERIALIZED (SELECT l.*, o.number, o.id IS NOT NULL AS known, COALESCE(o.table_name, o.type) AS place, COALESCE(o.restaurant_id, l.said) AS restaurant_id FROM live l LEFT JOIN orders o ON o.id = l.order_id),
    ours AS (SELECT *, restaurant_id IS NULL AS nobodys FROM whose WHERE restaurant_id = $1 OR (restaurant_id IS NULL AND $2))
    SELECT (SELECT json_agg(json_build_object('orderId', s.order_id, 'number', CASE WHEN s.known THEN COALESCE(s.number, s.order_id) END, 'where', s.place, 'state', CASE WHEN s.waits THEN 'PARKED' ELSE 'FAILED' END,
        'messages', s.messages, 'attempts', s.attempts, 'parkedAt', to_char(s.parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'nextAttemptAt', to_char(s.next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastError', s.last_error, 'unknownRestaurant', s.nobodys)
        ORDER BY s.parked_at, s.order_id) FROM (SELECT * FROM ours ORDER BY parked_at, order_id LIMIT $3::int) s) AS orders,
      (SELECT count(*)::int FROM ours) AS count, (SELECT count(*)::int FROM whose WHERE restaurant_id IS NULL AND NOT $4) AS unknown

-- ;
WITH recent AS MATERIALIZED (SELECT rev, order_id FROM changes WHERE restaurant_id = $1 AND rev > $2),
    ids AS MATERIALIZED (SELECT DISTINCT order_id FROM recent)
    SELECT r.rev, clock_timestamp() AS now, (SELECT min(rev) FROM recent) AS first, (SELECT count(*) FROM ids) AS changed,
      CASE WHEN EXISTS (SELECT FROM ids WHERE order_id = $3) THEN json_build_object(
  'stations', COALESCE((SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'retired', s.retired_at IS NOT NULL, 'combine', s.combine, 'thresholds', s.thresholds) ORDER BY s.position, s.name) FROM stations s WHERE s.restaurant_id = r.id), '[]'),
  'courses', json_build_object('mode', r.course_mode, 'gapSeconds', r.course_gap_seconds),
  'soldOut', COALESCE((SELECT json_agg(json_build_object('key', d.key, 'sku', d.sku, 'name', d.name,
      'at', to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', d.by) ORDER BY d.at, d.key) FROM sold_out_dishes d WHERE d.restaurant_id = r.id), '[]')) END AS facts,
      CASE WHEN (SELECT count(*) FROM ids) <= $4 THEN (SELECT json_agg(json_build_object(
  'id', o.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version, 'type', o.type, 'table', o.table_name,
  'guests', o.guests, 'priority', o.priority, 'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dueAt', to_char(o.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', o.note,
  'receivedAt', to_char(o.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changedAt', to_char(o.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'closedAt', to_char(o.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'rush', o.rush, 'hold', o.hold, 'delayNote', o.delay_note,
  'lines', COALESCE((SELECT json_agg(json_build_object(
      'id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'category', l.category, 'quantity', l.quantity, 'modifiers', l.modifiers,
      'allergens', l.allergens, 'note', l.note, 'course', l.course, 'seat', l.seat, 'voided', l.voided, 'stationId', l.station_id, 'ticketId', l.ticket_id,
      'state', l.state, 'flag', l.flag, 'addedAt', to_char(l.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'startedAt', to_char(l.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'readyAt', to_char(l.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'servedAt', to_char(l.served_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY l.position, l.id) FROM line_items l WHERE l.order_id = o.id), '[]'),
  'tickets', COALESCE((SELECT json_agg(json_build_object(
      'id', t.id, 'stationId', t.station_id, 'firing', t.firing, 'state', t.state, 'notices', t.notices, 'firedAt', to_char(t.fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'bumpedAt', to_char(t.bumped_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bumpedBy', t.bumped_by, 'course', t.course, 'heldFor', t.held_for, 'heldUntil', to_char(t.held_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY t.fired_at, t.firing, t.id) FROM tickets t WHERE t.order_id = o.id), '[]'))) FROM orders o WHERE o.id IN (SELECT order_id FROM ids)) END AS orders
    FROM restaurants r WHERE r.id = $5

-- ;
WITH said AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, station_id uuid, device_id text)),
      free AS MATERIALIZED (SELECT t.id, s.device_id FROM said s JOIN tickets t ON t.id = s.id AND t.station_id = s.station_id WHERE t.state = 'open' AND t.confirmed_at IS NULL FOR UPDATE OF t SKIP LOCKED)
      UPDATE tickets t SET confirmed_at = clock_timestamp(), confirmed_by = free.device_id FROM free WHERE t.id = free.id
      RETURNING t.id, extract(epoch FROM t.confirmed_at - t.fired_at)::float8 AS seconds

-- ;
WITH saved_orders AS (
      INSERT INTO orders (id, restaurant_id, number, status, version, type, table_name, guests, priority, placed_at, due_at, note, received_at, changed_at, closed_at, rush, hold, delay_note)
      SELECT id, restaurant_id, number, status, version, type, table_name, guests, priority, placed_at, due_at, note, received_at, changed_at, closed_at,
        NULLIF(rush, 'null'::jsonb), NULLIF(hold, 'null'::jsonb), NULLIF(delay_note, 'null'::jsonb)
      FROM jsonb_to_recordset($1::jsonb) AS r(id text, restaurant_id text, number text, status text, version bigint, type text,
        table_name text, guests int, priority text, placed_at timestamptz, due_at timestamptz, note text, received_at timestamptz, changed_at timestamptz, closed_at timestamptz,
        rush jsonb, hold jsonb, delay_note jsonb)
      ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number, status = EXCLUDED.status, version = EXCLUDED.version, type = EXCLUDED.type,
        table_name = EXCLUDED.table_name, guests = EXCLUDED.guests, priority = EXCLUDED.priority, placed_at = EXCLUDED.placed_at, due_at = EXCLUDED.due_at,
        note = EXCLUDED.note, changed_at = EXCLUDED.changed_at, closed_at = EXCLUDED.closed_at,
        rush = EXCLUDED.rush, hold = EXCLUDED.hold, delay_note = EXCLUDED.delay_note),
    saved_tickets AS (
      INSERT INTO tickets (id, order_id, station_id, firing, state, notices, fired_at, bumped_at, bumped_by, course, held_for, held_until)
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, order_id text, station_id uuid, firing int, state text, notices jsonb,
        fired_at timestamptz, bumped_at timestamptz, bumped_by text, course int, held_for text, held_until timestamptz)
      ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, notices = EXCLUDED.notices, fired_at = EXCLUDED.fired_at, bumped_at = EXCLUDED.bumped_at,
        bumped_by = EXCLUDED.bumped_by, course = EXCLUDED.course, held_for = EXCLUDED.held_for, held_until = EXCLUDED.held_until,
        -- Fired anew, it must be confirmed anew.
        confirmed_at = CASE WHEN tickets.fired_at = EXCLUDED.fired_at THEN tickets.confirmed_at END)
    INSERT INTO line_items (order_id, id, position, sku, name, category, quantity, modifiers, allergens, note, course, seat, voided, station_id, ticket_id,
      state, flag, added_at, started_at, ready_at, served_at)
    SELECT order_id, id, position, sku, name, category, quantity, modifiers, allergens, note, course, seat, voided, station_id, ticket_id,
      state, NULLIF(flag, 'null'::jsonb), added_at, started_at, ready_at, served_at
    FROM jsonb_to_recordset($3::jsonb) AS r(order_id text, id text, position int, sku text, name text, category text,
      quantity double precision, modifiers jsonb, allergens jsonb, note text, course int, seat text, voided boolean, station_id uuid, ticket_id uuid, state text,
      flag jsonb, added_at timestamptz, started_at timestamptz, ready_at timestamptz, served_at timestamptz)
    ON CONFLICT (order_id, id) DO UPDATE SET position = EXCLUDED.position, sku = EXCLUDED.sku, name = EXCLUDED.name, category = EXCLUDED.category,
      quantity = EXCLUDED.quantity, modifiers = EXCLUDED.modifiers, allergens = EXCLUDED.allergens, note = EXCLUDED.note, course = EXCLUDED.course,
      seat = EXCLUDED.seat, voided = EXCLUDED.voided, station_id = EXCLUDED.station_id, ticket_id = EXCLUDED.ticket_id, state = EXCLUDED.state, flag = EXCLUDED.flag,
      added_at = EXCLUDED.added_at, started_at = EXCLUDED.started_at, ready_at = EXCLUDED.ready_at, served_at = EXCLUDED.served_at

-- ;
WITH touched AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(restaurant_id text, order_id text)),
    locked AS (SELECT id FROM restaurants WHERE id IN (SELECT restaurant_id FROM touched) ORDER BY id FOR UPDATE),
    bumped AS (UPDATE restaurants r SET rev = r.rev + 1 FROM locked WHERE r.id = locked.id RETURNING r.id, r.rev),
    written AS (
      INSERT INTO changes (restaurant_id, rev, order_id, at)
      SELECT DISTINCT b.id, b.rev, t.order_id, n.at FROM touched t JOIN bumped b ON b.id = t.restaurant_id, (SELECT clock_timestamp() AS at FROM (SELECT count(*) FROM bumped) x) n)
    SELECT id, rev FROM bumped

-- ;
WITH zone AS MATERIALIZED (SELECT r.time_zone AS name, (now() AT TIME ZONE r.time_zone)::date AS today FROM restaurants r WHERE r.id = $1)
    SELECT
      (SELECT json_build_object('count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) FROM ticket_times t WHERE t.restaurant_id = $2 AND t.bumped_at >= $3::date::timestamp AT TIME ZONE zone.name AND t.bumped_at < ($4::date + 1)::timestamp AT TIME ZONE zone.name) AS "all",
      (SELECT json_agg(s.doc ORDER BY s.position, s.name) FROM (
        SELECT st.position, st.name, json_build_object('key', st.id, 'name', st.name, 'count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) AS doc FROM ticket_times t JOIN stations st ON st.id = t.station_id
        WHERE t.restaurant_id = $5 AND t.bumped_at >= $6::date::timestamp AT TIME ZONE zone.name AND t.bumped_at < ($7::date + 1)::timestamp AT TIME ZONE zone.name GROUP BY st.id, st.name, st.position) s) AS stations,
      (SELECT json_agg(x.doc ORDER BY x.n DESC, x.name) FROM (
        SELECT count(*) AS n, max(d.name) AS name, json_build_object('key', d.dish_key, 'name', (array_agg(d.name ORDER BY d.ready_at DESC))[1], 'count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM d.ready_at - d.called_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM d.ready_at - d.called_at)))::numeric, 1)::float8) AS doc FROM dish_times d
        WHERE d.restaurant_id = $8 AND d.ready_at >= $9::date::timestamp AT TIME ZONE zone.name AND d.ready_at < ($10::date + 1)::timestamp AT TIME ZONE zone.name GROUP BY d.dish_key ORDER BY count(*) DESC, max(d.name) LIMIT $11::int) x) AS dishes,
      (SELECT json_agg(h.doc ORDER BY h.hour) FROM (
    SELECT EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int AS hour, json_build_object('hour', EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int, 'count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) AS doc
    FROM ticket_times t WHERE t.restaurant_id = $12 AND t.bumped_at >= $13::date::timestamp AT TIME ZONE zone.name AND t.bumped_at < ($14::date + 1)::timestamp AT TIME ZONE zone.name GROUP BY EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int) h) AS hours, (SELECT json_agg(h.doc ORDER BY h.hour) FROM (
    SELECT EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int AS hour, json_build_object('hour', EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int, 'count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) AS doc
    FROM ticket_times t WHERE t.restaurant_id = $15 AND t.bumped_at >= (zone.today - $16::int)::timestamp AT TIME ZONE zone.name AND t.bumped_at < (zone.today - $17::int)::timestamp AT TIME ZONE zone.name GROUP BY EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int) h) AS today, (SELECT json_agg(h.doc ORDER BY h.hour) FROM (
    SELECT EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int AS hour, json_build_object('hour', EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int, 'count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) AS doc
    FROM ticket_times t WHERE t.restaurant_id = $18 AND t.bumped_at >= (zone.today - $19::int)::timestamp AT TIME ZONE zone.name AND t.bumped_at < (zone.today - $20::int)::timestamp AT TIME ZONE zone.name GROUP BY EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int) h) AS "weekAgo"
    FROM zone

-- ;
WITH zone AS MATERIALIZED (SELECT r.time_zone AS name, (now() AT TIME ZONE r.time_zone)::date AS today FROM restaurants r WHERE r.id = $1),
    -- The same time of that day by the restaurant's clock, whatever its offset was then.
    days AS MATERIALIZED (SELECT n AS days_ago, ((now() AT TIME ZONE zone.name) - n * interval '1 day') AT TIME ZONE zone.name AS at,
      (zone.today - n)::timestamp AT TIME ZONE zone.name AS begins, (zone.today - n + 1)::timestamp AT TIME ZONE zone.name AS ends FROM zone, generate_series(1, $2::int) AS n),
    -- A day on which the kitchen bumped nothing says nothing.
    worked AS (SELECT * FROM days WHERE EXISTS (SELECT FROM ticket_times t WHERE t.restaurant_id = $3 AND t.bumped_at >= days.begins AND t.bumped_at < days.ends)),
    counted AS (SELECT w.days_ago, count(DISTINCT t.order_id)::int AS open, count(DISTINCT t.order_id) FILTER (WHERE t.fired_at + t.late_seconds * interval '1 second' <= w.at)::int AS late
      FROM worked w LEFT JOIN ticket_times t ON t.restaurant_id = $4 AND t.bumped_at > w.at AND t.bumped_at < w.at + interval '6 hours' AND t.fired_at <= w.at GROUP BY w.days_ago),
    shown AS (SELECT EXTRACT(EPOCH FROM t.confirmed_at - t.fired_at) AS seconds, t.confirmed_at AS at
      FROM ticket_times t, zone WHERE t.restaurant_id = $5 AND t.confirmed_at IS NOT NULL AND t.confirmed_at >= t.fired_at AND t.bumped_at >= zone.today::timestamp AT TIME ZONE zone.name)
    SELECT (SELECT json_agg(counted) FROM counted) AS days, (SELECT json_build_object('count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) FROM ticket_times t WHERE t.restaurant_id = $6
    AND t.bumped_at > now() - $7 * interval '1 day' - interval '1 hour' AND t.bumped_at <= now() - $8 * interval '1 day') AS "lastHour", (SELECT json_build_object('count', count(*)::int,
  'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8, 'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)))::numeric, 1)::float8) FROM ticket_times t WHERE t.restaurant_id = $9
    AND t.bumped_at > now() - $10 * interval '1 day' - interval '1 hour' AND t.bumped_at <= now() - $11 * interval '1 day') AS "weekAgo",
      (SELECT json_build_object('count', count(*)::int, 'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds))::numeric, 2)::float8,
        'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds))::numeric, 2)::float8) FROM shown) AS "toScreen",
      (SELECT json_build_object('seconds', round(s.seconds::numeric, 2)::float8, 'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) FROM shown s ORDER BY s.seconds DESC LIMIT 1) AS slowest
