-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "allergy_seen" JSONB;
