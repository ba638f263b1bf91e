-- AlterTable
ALTER TABLE "archived_orders" ADD COLUMN     "story" JSON;

-- AlterTable
ALTER TABLE "order_history" ADD COLUMN     "fetch_ms" INTEGER,
ADD COLUMN     "fetch_tries" SMALLINT,
ADD COLUMN     "fetched_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "parked_messages" ADD COLUMN     "fetches" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "dish_times" (
    "order_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "line_id" TEXT NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "type" TEXT,
    "station_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "dish_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" DOUBLE PRECISION NOT NULL,
    "called_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ready_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dish_times_pkey" PRIMARY KEY ("order_id","received_at","line_id")
);

-- CreateTable
CREATE TABLE "ticket_times" (
    "ticket_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "station_id" UUID NOT NULL,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "bumped_at" TIMESTAMPTZ(3) NOT NULL,
    "late_seconds" INTEGER NOT NULL,

    CONSTRAINT "ticket_times_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateTable
CREATE TABLE "collector_progress" (
    "name" TEXT NOT NULL,
    "up_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "collector_progress_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "dish_times_restaurant_id_ready_at_idx" ON "dish_times"("restaurant_id", "ready_at");

-- CreateIndex
CREATE INDEX "dish_times_ready_at_idx" ON "dish_times"("ready_at");

-- CreateIndex
CREATE INDEX "ticket_times_restaurant_id_bumped_at_idx" ON "ticket_times"("restaurant_id", "bumped_at");

-- CreateIndex
CREATE INDEX "ticket_times_bumped_at_idx" ON "ticket_times"("bumped_at");

-- CreateIndex
CREATE INDEX "kitchen_actions_at_idx" ON "kitchen_actions"("at");
