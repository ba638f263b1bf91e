-- CreateTable
CREATE TABLE "environment_stamp" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "app_env" TEXT NOT NULL,
    "stamped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_stamp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restaurants" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "rev" BIGINT NOT NULL DEFAULT 0,
    "discovered" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restaurants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stations" (
    "id" UUID NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "fallback" BOOLEAN NOT NULL DEFAULT false,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "stations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "routing_rules" (
    "id" UUID NOT NULL,
    "station_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "category" TEXT,
    "sku" TEXT,
    "type" TEXT,

    CONSTRAINT "routing_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "number" TEXT,
    "status" TEXT NOT NULL,
    "version" BIGINT,
    "type" TEXT,
    "table_name" TEXT,
    "guests" INTEGER,
    "priority" TEXT NOT NULL DEFAULT 'NORMAL',
    "placed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "line_items" (
    "order_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT,
    "name" TEXT NOT NULL,
    "category" TEXT,
    "quantity" DOUBLE PRECISION NOT NULL,
    "modifiers" JSONB NOT NULL DEFAULT '[]',
    "allergens" JSONB NOT NULL DEFAULT '[]',
    "note" TEXT,
    "course" INTEGER,
    "seat" TEXT,
    "voided" BOOLEAN NOT NULL DEFAULT false,
    "station_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "flag" JSONB,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ready_at" TIMESTAMPTZ(3),
    "served_at" TIMESTAMPTZ(3),

    CONSTRAINT "line_items_pkey" PRIMARY KEY ("order_id","id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "station_id" UUID NOT NULL,
    "firing" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "notices" JSONB NOT NULL DEFAULT '[]',
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "bumped_at" TIMESTAMPTZ(3),

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kitchen_actions" (
    "id" UUID NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "command" JSONB NOT NULL,
    "device_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "kitchen_actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lanes" (
    "order_id" TEXT NOT NULL,
    "parked" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "forced" BOOLEAN NOT NULL DEFAULT false,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lanes_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "order_history" (
    "seq" BIGSERIAL NOT NULL,
    "order_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT,
    "version" BIGINT,
    "incarnation_id" INTEGER NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "redelivery" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "order_history_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "parked_messages" (
    "id" BIGSERIAL NOT NULL,
    "order_id" TEXT NOT NULL,
    "incarnation_id" INTEGER NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "version" BIGINT,
    "digest" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "parked_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "parked_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejected_messages" (
    "id" BIGSERIAL NOT NULL,
    "incarnation_id" INTEGER NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "key" BYTEA,
    "value" BYTEA,
    "headers" JSONB NOT NULL,

    CONSTRAINT "rejected_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "changes" (
    "restaurant_id" TEXT NOT NULL,
    "rev" BIGINT NOT NULL,
    "order_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("restaurant_id","rev","order_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "station_id" UUID,
    "pairing_hash" BYTEA,
    "pairing_expires_at" TIMESTAMPTZ(3),
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paired_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "topic_incarnations" (
    "id" SERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "topic_incarnations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partition_progress" (
    "incarnation_id" INTEGER NOT NULL,
    "partition" INTEGER NOT NULL,
    "next_offset" BIGINT NOT NULL,

    CONSTRAINT "partition_progress_pkey" PRIMARY KEY ("incarnation_id","partition")
);

-- CreateIndex
CREATE UNIQUE INDEX "stations_restaurant_id_name_key" ON "stations"("restaurant_id", "name");

-- CreateIndex
CREATE INDEX "routing_rules_station_id_idx" ON "routing_rules"("station_id");

-- CreateIndex
CREATE INDEX "orders_restaurant_id_closed_at_idx" ON "orders"("restaurant_id", "closed_at");

-- CreateIndex
CREATE INDEX "tickets_station_id_state_idx" ON "tickets"("station_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_order_id_station_id_firing_key" ON "tickets"("order_id", "station_id", "firing");

-- CreateIndex
CREATE INDEX "kitchen_actions_order_id_idx" ON "kitchen_actions"("order_id");

-- CreateIndex
CREATE INDEX "lanes_next_attempt_at_idx" ON "lanes"("next_attempt_at");

-- CreateIndex
CREATE INDEX "order_history_order_id_seq_idx" ON "order_history"("order_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "order_history_incarnation_id_partition_offset_key" ON "order_history"("incarnation_id", "partition", "offset");

-- CreateIndex
CREATE INDEX "parked_messages_order_id_state_id_idx" ON "parked_messages"("order_id", "state", "id");

-- CreateIndex
CREATE INDEX "parked_messages_state_id_idx" ON "parked_messages"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_incarnation_id_partition_offset_key" ON "parked_messages"("incarnation_id", "partition", "offset");

-- CreateIndex
CREATE UNIQUE INDEX "rejected_messages_incarnation_id_partition_offset_key" ON "rejected_messages"("incarnation_id", "partition", "offset");

-- CreateIndex
CREATE INDEX "changes_at_idx" ON "changes"("at");

-- CreateIndex
CREATE INDEX "outbox_next_attempt_at_idx" ON "outbox"("next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "devices_pairing_hash_key" ON "devices"("pairing_hash");

-- CreateIndex
CREATE UNIQUE INDEX "devices_token_hash_key" ON "devices"("token_hash");

-- CreateIndex
CREATE INDEX "devices_restaurant_id_idx" ON "devices"("restaurant_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_incarnations_topic_cluster_id_generation_key" ON "topic_incarnations"("topic", "cluster_id", "generation");

-- AddForeignKey
ALTER TABLE "stations" ADD CONSTRAINT "stations_restaurant_id_fkey" FOREIGN KEY ("restaurant_id") REFERENCES "restaurants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_rules" ADD CONSTRAINT "routing_rules_station_id_fkey" FOREIGN KEY ("station_id") REFERENCES "stations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_items" ADD CONSTRAINT "line_items_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_restaurant_id_fkey" FOREIGN KEY ("restaurant_id") REFERENCES "restaurants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_station_id_fkey" FOREIGN KEY ("station_id") REFERENCES "stations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
