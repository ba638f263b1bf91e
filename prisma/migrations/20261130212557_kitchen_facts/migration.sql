-- AlterTable
ALTER TABLE "line_items" ADD COLUMN     "allergies" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "moved_from" JSONB,
ADD COLUMN     "part_of" TEXT,
ADD COLUMN     "unit" TEXT,
ADD COLUMN     "unread" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "allergies" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "channel" TEXT,
ADD COLUMN     "customer_name" TEXT,
ADD COLUMN     "pickup_code" TEXT,
ADD COLUMN     "staff_name" TEXT;

-- AlterTable
ALTER TABLE "restaurants" ADD COLUMN     "allergy_seen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lead" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "sold_out_dishes" ADD COLUMN     "left" DOUBLE PRECISION,
ADD COLUMN     "until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stations" ADD COLUMN     "lead" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "screen" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "start" JSONB NOT NULL DEFAULT '{"mode": "off", "first": 1}';

-- AlterTable
ALTER TABLE "tickets" ADD COLUMN     "allergy_seen" JSONB;
