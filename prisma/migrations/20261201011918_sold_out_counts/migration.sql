-- AlterTable
ALTER TABLE "restaurants" ADD COLUMN     "counting" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "sold_out_dishes_until_idx" ON "sold_out_dishes"("until");
