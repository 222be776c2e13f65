import { scratchDatabase } from "./scratch-database";
import { startProduct } from "./server";

/** Before the first journey: a database of its own and the built product on a free port. Workers find both in the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const database = await scratchDatabase("madan_sara_journeys");
  try {
    const product = await startProduct(database.env);
    Object.assign(process.env, database.env, { E2E_URL: product.url, PUBLIC_URL: product.url });
    return async () => {
      await product.stop();
      await database.stop();
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
