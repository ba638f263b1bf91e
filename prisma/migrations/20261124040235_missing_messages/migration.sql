-- AlterTable
ALTER TABLE "topic_incarnations" ADD COLUMN     "topic_id" TEXT;

-- CreateTable
CREATE TABLE "missing_messages" (
    "incarnation_id" INTEGER NOT NULL,
    "partition" INTEGER NOT NULL,
    "from_offset" BIGINT NOT NULL,
    "to_offset" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "missing_messages_pkey" PRIMARY KEY ("incarnation_id","partition","from_offset")
);
