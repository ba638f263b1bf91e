-- CreateIndex
CREATE INDEX "archived_orders_archived_at_idx" ON "archived_orders"("archived_at");

-- CreateIndex
CREATE INDEX "outbox_sent_at_idx" ON "outbox"("sent_at");

-- CreateIndex
CREATE INDEX "rejected_messages_at_idx" ON "rejected_messages"("at");
