-- CreateIndex
CREATE INDEX "order_history_digest_idx" ON "order_history"("digest");

-- CreateIndex
CREATE INDEX "order_history_order_id_kind_incarnation_id_partition_offset_idx" ON "order_history"("order_id", "kind", "incarnation_id", "partition", "offset");
