-- AlterTable
ALTER TABLE "parked_messages" ADD COLUMN     "sent_at" TIMESTAMPTZ(3);
