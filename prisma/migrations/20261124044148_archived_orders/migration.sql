-- CreateTable
CREATE TABLE "archived_orders" (
    "order_id" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL,
    "restaurant_id" TEXT NOT NULL,
    "number" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSON NOT NULL,
    "kitchen_order" JSON NOT NULL,
    "actions" JSON NOT NULL,

    CONSTRAINT "archived_orders_pkey" PRIMARY KEY ("order_id","archived_at")
);

-- CreateIndex
CREATE INDEX "archived_orders_restaurant_id_received_at_idx" ON "archived_orders"("restaurant_id", "received_at");

-- CreateIndex
CREATE INDEX "orders_changed_at_idx" ON "orders"("changed_at");
