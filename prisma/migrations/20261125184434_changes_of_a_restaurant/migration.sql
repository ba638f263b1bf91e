-- CreateIndex
CREATE INDEX "kitchen_actions_restaurant_id_at_idx" ON "kitchen_actions"("restaurant_id", "at");
