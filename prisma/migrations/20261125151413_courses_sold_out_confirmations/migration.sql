-- AlterTable
ALTER TABLE "kitchen_actions" ADD COLUMN     "by" TEXT,
ADD COLUMN     "person_id" UUID,
ALTER COLUMN "order_id" DROP NOT NULL,
ALTER COLUMN "device_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "delay_note" JSONB,
ADD COLUMN     "hold" JSONB,
ADD COLUMN     "rush" JSONB;

-- AlterTable
ALTER TABLE "parked_messages" ADD COLUMN     "restaurant_id" TEXT;

-- AlterTable
ALTER TABLE "restaurants" ADD COLUMN     "course_gap_seconds" INTEGER NOT NULL DEFAULT 900,
ADD COLUMN     "course_mode" TEXT NOT NULL DEFAULT 'together';

-- AlterTable
ALTER TABLE "stations" ADD COLUMN     "combine" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "thresholds" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "tickets" ADD COLUMN     "bumped_by" TEXT,
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "confirmed_by" TEXT,
ADD COLUMN     "course" INTEGER,
ADD COLUMN     "held_for" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sold_out_dishes" (
    "restaurant_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "sku" TEXT,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,

    CONSTRAINT "sold_out_dishes_pkey" PRIMARY KEY ("restaurant_id","key")
);

-- CreateIndex
CREATE INDEX "archived_orders_number_idx" ON "archived_orders" USING HASH ("number");

-- CreateIndex
CREATE INDEX "rejected_messages_key_idx" ON "rejected_messages" USING HASH ("key");

-- CreateIndex
CREATE INDEX "tickets_held_until_idx" ON "tickets"("held_until");
